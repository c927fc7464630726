package dev.konomi.cli.bench;

import dev.konomi.cli.ResidentMemory;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.network.sequence.DecoderConfig;
import dev.konomi.train.network.sequence.SequenceConfig;
import dev.konomi.train.stage.MatrixPeak;
import dev.konomi.train.stage.SequencePlan;
import dev.konomi.train.stage.StepWork;
import dev.konomi.train.stage.SteppedTraining;
import dev.konomi.train.stage.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Measures training in this process, warm, on one thread: a step of the late head, of the head
/// in sequence as it is trained by default, and of one with a million parameters.
///
/// @param rounds of measured steps
/// @param steps in a round
/// @param reference an interpreter and the script that takes the same steps in PyTorch; null
///     without
/// @param says hears what is being measured
public record TrainingBench(int rounds, int steps, @Nullable Reference reference, Consumer<String> says) {
    /// Rounds that give a steady ratio.
    public static final int ROUNDS = 15;

    /// Steps in a round: a second or so.
    public static final int STEPS = 8;

    /// A decoder that makes the head in sequence one of a million parameters.
    static final DecoderConfig MILLION = new DecoderConfig(128, 5, 4, 2, 352);

    private static final StandInPeople PEOPLE = new StandInPeople(3_000, 1_000, 40);
    private static final int ENCODING = 155;
    private static final int BATCHES = 8;
    private static final int WARM_UP = 10;
    private static final long SEED = 1;

    /// What takes the same steps in PyTorch.
    ///
    /// @param python an interpreter that has torch
    /// @param script `scripts/pytorch/sequence_step.py`
    public record Reference(Path python, Path script) {}

    public TrainingBench {
        if (rounds < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "A median needs one round and one step or more, got " + rounds + " and " + steps + ".");
        }
    }

    /// @return what training costs
    public TrainingFigures run() {
        says.accept("Multiplying matrices");
        double peak = MatrixPeak.flops();
        Dataset people = PEOPLE.dataset("none", ENCODING);
        List<TrainingFigures.Head> heads = new ArrayList<>();
        heads.add(late(people));
        heads.add(inSequence("head in sequence, as trained by default", people, SequenceConfig.small(ENCODING)));
        heads.add(inSequence("head in sequence, a million parameters", people, million()));
        return new TrainingFigures(peak, heads, ResidentMemory.peakMegabytes(ProcessHandle.current()));
    }

    static SequenceConfig million() {
        SequenceConfig small = SequenceConfig.small(ENCODING);
        return new SequenceConfig(
                MILLION,
                ENCODING,
                small.dimension(),
                small.tokens(),
                small.selected(),
                small.keyWidth(),
                small.placement());
    }

    private TrainingFigures.Head late(Dataset people) {
        String name = "late head, stage one";
        says.accept("Training: " + name);
        SteppedTraining training = SteppedTraining.late(people, TrainingPlan.full(), BATCHES);
        return alone(name, training);
    }

    private TrainingFigures.Head inSequence(String name, Dataset people, SequenceConfig config) {
        says.accept("Training: " + name);
        SequencePlan plan = SequencePlan.full(ENCODING, SEED).with(config);
        SteppedTraining training = SteppedTraining.inSequence(people, plan, BATCHES);
        return reference == null ? alone(name, training) : compared(name, training, reference);
    }

    private TrainingFigures.Head alone(String name, SteppedTraining training) {
        Steps ours = Steps.of(training);
        ours.take(WARM_UP);
        return head(name, training, ours.take(rounds * steps), null);
    }

    private TrainingFigures.Head compared(String name, SteppedTraining training, Reference with) {
        try {
            Path exchange = Files.createTempFile("konomi-steps", ".safetensors");
            try {
                training.write(exchange);
                try (var pytorch = new PyTorchSteps(with.python(), with.script(), exchange)) {
                    Turns turns = Turns.of(Steps.of(training), pytorch, rounds, steps, WARM_UP);
                    return head(name, training, turns.ours(), new TrainingFigures.Comparison(pytorch.version(), turns));
                }
            } finally {
                Files.delete(exchange);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("There is no room for weights and batches in the temporary folder.", e);
        }
    }

    private static TrainingFigures.Head head(
            String name, SteppedTraining training, StepTimes times, TrainingFigures.@Nullable Comparison comparison) {
        StepWork work = training.work();
        long[] drawing = IntStream.range(0, BATCHES)
                .mapToLong(i -> {
                    long before = System.nanoTime();
                    Object drawn = training.draw();
                    assert drawn != null;
                    return System.nanoTime() - before;
                })
                .toArray();
        return new TrainingFigures.Head(
                name,
                work,
                times.medianWall(),
                times.medianCpu(),
                Quantiles.of(drawing).median() / 1e6,
                comparison);
    }
}

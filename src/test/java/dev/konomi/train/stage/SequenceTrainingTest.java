package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.sequence.DecoderConfig;
import dev.konomi.train.network.sequence.SequenceConfig;
import dev.konomi.train.network.sequence.SequenceConfig.Placement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequenceTrainingTest {
    private static final int WIDTH = 6;
    private static final int ITEMS = 60;
    private static final SequenceConfig CONFIG =
            new SequenceConfig(new DecoderConfig(16, 1, 2, 1, 24), WIDTH, WIDTH, 4, 2, 8, Placement.SUFFIX);

    @TempDir
    private Path folder;

    @Test
    void aHistoryTellsPeopleApartWhoLikeOppositeThings() {
        TrainedSequence trained = SequenceTraining.run(opposites(), plan(CONFIG, 250, 20), folder, Progress.SILENT);
        double blind = metric(trained, SequenceTraining.DECODER, 0);
        double informed = metric(trained, SequenceTraining.DECODER, 8);
        assertTrue(informed > 0.8 && informed > blind + 0.2, blind + " without a history, " + informed + " with one");
        assertTrue(metric(trained, SequenceTraining.TOKENS, 8) > 0.75, trained.metrics()::toString);
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void theSameSeedGivesTheSameWeightsAlsoAfterAnInterruption(Placement placement) {
        Dataset people = opposites();
        SequencePlan plan = plan(CONFIG.with(placement), 3, 3);
        TrainedSequence expected = SequenceTraining.run(people, plan, folder.resolve("whole"), Progress.SILENT);

        Path interrupted = folder.resolve("interrupted");
        Progress interruption = (stage, step, total, loss) -> {
            if (stage.equals(SequenceTraining.TOKENS)) {
                throw new IllegalStateException("interrupted");
            }
        };
        assertThrows(IllegalStateException.class, () -> SequenceTraining.run(people, plan, interrupted, interruption));
        assertEquals(expected, SequenceTraining.run(people, plan, interrupted, Progress.SILENT));
    }

    @Test
    void theSecondStageMovesPreferenceTokensAndNothingElse() {
        Dataset people = opposites();
        TrainedSequence one = SequenceTraining.run(people, plan(CONFIG, 2, 0), folder.resolve("one"), Progress.SILENT);
        TrainedSequence two = SequenceTraining.run(people, plan(CONFIG, 2, 2), folder.resolve("two"), Progress.SILENT);
        assertEquals(0, one.config().selected());
        assertEquals(2, two.config().selected());
        one.weights().forEach((name, values) -> {
            double difference = 0;
            for (int i = 0; i < values.length; i++) {
                difference = Math.max(difference, Math.abs(values[i] - two.values(name)[i]));
            }
            assertEquals(name.startsWith("preference."), difference > 0, name);
        });
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void onePromptForEverybodyCanBeTrained(Placement placement) {
        SequencePlan plan = plan(CONFIG.with(placement).withGlobalPrompt(), 2, 2);
        TrainedSequence trained = SequenceTraining.run(opposites(), plan, folder, Progress.SILENT);
        assertTrue(metric(trained, SequenceTraining.TOKENS, 8) > 0, trained.metrics()::toString);
    }

    @Test
    void encodingsOfAnotherWidthAreRefused() {
        Dataset people = opposites();
        SequencePlan plan = SequencePlan.quick(WIDTH + 1, 1);
        assertThrows(IllegalArgumentException.class, () -> SequenceTraining.run(people, plan, folder, Progress.SILENT));
    }

    private static double metric(TrainedSequence trained, String stage, int length) {
        Double value = trained.metrics().get("validation." + stage + ".accuracy." + length);
        assertTrue(value != null, trained.metrics()::toString);
        return value == null ? Double.NaN : value;
    }

    private static SequencePlan plan(SequenceConfig config, int decoderSteps, int tokenSteps) {
        return new SequencePlan(
                config, decoderSteps, tokenSteps, 12, 6, 2, 6e-3, 5e-3, 0.01, 1, 0.05, 0.01, 0.05, 0.2, Seeds.of(3));
    }

    /// Half of the people choose the item that is larger in its first component, half the smaller one.
    private static Dataset opposites() {
        SplittableRandom random = new SplittableRandom(1);
        List<Encoding> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            float[] image = new float[WIDTH];
            for (int k = 0; k < WIDTH; k++) {
                image[k] = (float) random.nextGaussian();
            }
            items.add(new Encoding(image, image.clone()));
        }
        List<Person> people = new ArrayList<>();
        for (int id = 0; id < 120; id++) {
            List<Observation> choices = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int one = random.nextInt(ITEMS);
                int other = (one + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
                boolean larger = first(items, one) > first(items, other);
                boolean first = larger == (id % 2 == 0);
                choices.add(new Choice(first ? one : other, first ? other : one, 1, i * 3_600_000L));
            }
            people.add(new Person(id, choices));
        }
        return new Dataset("test", WIDTH, items, people);
    }

    private static float first(List<Encoding> items, int item) {
        float[] image = items.get(item).image();
        return image == null ? 0 : image[0];
    }
}

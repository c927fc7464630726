package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.network.NetworkSettings.ActivationKind;
import dev.konomi.train.network.sequence.DecoderConfig;
import dev.konomi.train.network.sequence.SequenceConfig;
import dev.konomi.train.network.sequence.SequenceConfig.Placement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteppedTrainingTest {
    private static final int WIDTH = 6;
    private static final int ITEMS = 80;
    private static final SequenceConfig CONFIG =
            new SequenceConfig(new DecoderConfig(16, 2, 2, 1, 24), WIDTH, WIDTH, 4, 2, 8, Placement.SUFFIX);
    private static final TrainingPlan LATE =
            TrainingPlan.quick().withNetwork(new NetworkSettings(WIDTH, 4, 2, ActivationKind.BAYES, 2));

    @TempDir
    private Path folder;

    @Test
    void lossFallsOnBatchesThatComeAgain() {
        SteppedTraining training = sequence(people(40, 20), 2);
        double before = training.step() + training.step();
        DoubleStream between = IntStream.range(0, 60).mapToDouble(i -> training.step());
        assertTrue(between.max().orElseThrow() < 3);
        double after = training.step() + training.step();
        assertTrue(after < before - 0.05, before + " before, " + after + " after");
    }

    @Test
    void aStepsProductsOfMatricesAreCountedAsByHand() {
        // One batch of 16 sequences of 8 choices: 48 history positions and 9 blocks of 2 choices, 12 positions each.
        SteppedTraining training = sequence(people(40, 40), 1);
        StepWork work = training.work();
        assertEquals(16 * 8, work.events());
        assertEquals(16 * (48 + 9 * 12), work.tokens());
        double projections = 16 * (2 + 2) * 8 + 16 * 16 + 3 * 16 * 24;
        double attention = 2 * 2 * 8 * 156;
        double decoder = 2 * work.tokens() * 2 * (projections + attention);
        double blocks = 16 * 9;
        double least = 3 * (decoder + 2 * 2 * blocks * 16 * 16);
        // Items of a batch are at most all there are: connector, carried vectors, pooled histories, answers.
        double most = least + 3 * 2.0 * (2 * ITEMS * WIDTH * 16 + ITEMS * 32 * 16 + blocks * ITEMS * 16 + 576 * 16 * 2);
        assertTrue(work.flops() > least && work.flops() <= most, least + " < " + work.flops() + " <= " + most);
    }

    /// Steps until each event was read once, times what a step does.
    @ParameterizedTest
    @CsvSource({"30, 20, 60, 20", "30, 20, 120, 20", "30, 20, 30, 40", "30, 20, 30, 80"})
    void anEpochsCostGrowsLinearlyInEvents(int people, int choices, int morePeople, int moreChoices) {
        double times = (double) morePeople * moreChoices / (people * choices);
        Dataset few = people(people, choices);
        Dataset many = people(morePeople, moreChoices);
        assertEquals(times, epoch(sequence(many, 4), many) / epoch(sequence(few, 4), few), 0.02 * times);
        assertEquals(
                times,
                epoch(SteppedTraining.late(many, LATE, 4), many) / epoch(SteppedTraining.late(few, LATE, 4), few),
                0.2 * times);
    }

    private static double epoch(SteppedTraining training, Dataset people) {
        int events = people.people().stream()
                .mapToInt(person -> person.observations().size())
                .sum();
        return events / training.work().events() * training.work().flops();
    }

    @Test
    void otherImplementationsGetWeightsAndBatchesAsSafetensors() throws IOException {
        Path file = folder.resolve("steps.safetensors");
        SteppedTraining training = sequence(people(40, 20), 2);
        training.write(file);
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(content.getLong());
        assertEquals(0, length % 8);
        byte[] header = new byte[length];
        content.get(header);
        JsonNode entries = new ObjectMapper().readTree(new String(header, StandardCharsets.UTF_8));
        assertEquals("16", entries.path("__metadata__").path("width").asText());
        assertEquals("2", entries.path("__metadata__").path("batches").asText());
        assertEquals("[2,16]", entries.path("weight.head").path("shape").toString());
        assertTrue(entries.path("weight.preference.keys").isMissingNode(), "stage one trains no preference tokens");
        assertEquals("[16,156,156]", entries.path("batch.1.mask").path("shape").toString());
        assertEquals("I64", entries.path("batch.0.reads").path("dtype").asText());
        long end = 0;
        for (JsonNode entry : entries) {
            if (entry.has("data_offsets")) {
                assertEquals(end, entry.path("data_offsets").path(0).asLong());
                end = entry.path("data_offsets").path(1).asLong();
            }
        }
        assertEquals(content.remaining(), end);
    }

    @Test
    void afterAStepAndForTheLateHeadNothingIsWritten() {
        SteppedTraining moved = sequence(people(10, 20), 1);
        assertTrue(Double.isFinite(moved.step()));
        assertThrows(IllegalStateException.class, () -> moved.write(folder.resolve("moved")));
        SteppedTraining late = SteppedTraining.late(people(10, 20), LATE, 1);
        assertTrue(Double.isFinite(late.step()));
        assertThrows(
                IllegalStateException.class,
                () -> SteppedTraining.late(people(10, 20), LATE, 1).write(folder.resolve("late")));
    }

    private static SteppedTraining sequence(Dataset people, int batches) {
        SequencePlan plan = SequencePlan.full(WIDTH, 1).with(CONFIG).withLearningRate(0.05);
        return SteppedTraining.inSequence(people, plan, batches);
    }

    private static Dataset people(int people, int choices) {
        var random = new SplittableRandom(5);
        List<Encoding> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(new Encoding(gaussian(random), gaussian(random)));
        }
        List<Person> everybody = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            List<Observation> observations = new ArrayList<>();
            for (int i = 0; i < choices; i++) {
                int chosen = random.nextInt(ITEMS - 1);
                observations.add(new Choice(chosen, random.nextInt(chosen + 1, ITEMS), 1, i * 3_600_000L));
            }
            everybody.add(new Person(person, observations));
        }
        return new Dataset("test", WIDTH, items, everybody);
    }

    private static float[] gaussian(SplittableRandom random) {
        float[] values = new float[WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}

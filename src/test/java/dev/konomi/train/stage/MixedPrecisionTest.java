package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.Parameters.Parameter;
import dev.konomi.train.network.Whitening;
import dev.konomi.train.network.sequence.DecoderConfig;
import dev.konomi.train.network.sequence.SequenceConfig;
import dev.konomi.train.network.sequence.SequenceConfig.Placement;
import dev.konomi.train.network.sequence.SequenceNetwork;
import dev.konomi.train.stage.SequenceDrawing.Drawn;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/// The casting rules of mixed precision, on the CPU: libtorch has the same rules for CUDA.
class MixedPrecisionTest {
    private static final int WIDTH = 8;
    private static final SequenceConfig CONFIG =
            new SequenceConfig(new DecoderConfig(16, 1, 2, 1, 24), WIDTH, WIDTH, 4, 2, 8, Placement.SUFFIX);
    private static final SequencePlan PLAN =
            SequencePlan.full(WIDTH, 1).with(CONFIG).withLearningRate(0.02);

    private final List<Encoding> items = items();
    private final SequenceDrawing drawing = new SequenceDrawing(Crowd.of(people()), items, PLAN);

    @Test
    void productsAreBf16AndSumsWithF32StayF32() {
        Tensor left = torch.rand(3, 4);
        Tensor right = torch.rand(4, 5);
        try (var precision = MixedPrecision.on(DeviceType.CPU)) {
            Tensor product = left.matmul(right);
            assertType(ScalarType.BFloat16, product);
            assertType(ScalarType.Float, torch.rand(3, 5).add(product));
            assertType(ScalarType.Float, left.mul(left));
        }
        assertType(ScalarType.Float, left.matmul(right));
    }

    @Test
    void aFailureInsideLeavesFullPrecisionBehind() {
        assertThrows(IllegalStateException.class, () -> {
            try (var precision = MixedPrecision.on(DeviceType.CPU)) {
                throw new IllegalStateException("lost");
            }
        });
        assertFalse(torch.is_autocast_enabled(DeviceType.CPU));
    }

    @Test
    void lossAndGradientsAreF32AndNextToThoseOfFullPrecision() {
        SequenceNetwork network = network();
        Tensor whitened = network.whitened(items);
        Adam optimizer = SequenceTraining.optimizer(network, PLAN);
        Drawn drawn = drawing.draw(0, new SplittableRandom(1), false);

        Tensor full = new SequencePass(network, whitened, false).loss(drawn, PLAN);
        optimizer.zeroGradients();
        Tensor mixed = new SequencePass(network, whitened, true).loss(drawn, PLAN);
        mixed.backward();

        assertType(ScalarType.Float, mixed);
        assertNotEquals(full.item_float(), mixed.item_float());
        assertEquals(full.item_float(), mixed.item_float(), 0.02);
        for (Parameter parameter : network.parameters().all()) {
            assertType(ScalarType.Float, parameter.tensor());
            Tensor gradient = parameter.tensor().grad();
            if (parameter.tensor().requires_grad()) {
                assertTrue(gradient.defined(), parameter.name());
                assertType(ScalarType.Float, gradient);
                assertTrue(torch.isfinite(gradient).all().item_bool(), parameter.name());
            }
        }
    }

    @Test
    void itLearnsAsFullPrecisionDoes() {
        double[] last = new double[2];
        for (int i = 0; i < 2; i++) {
            SequenceNetwork network = network();
            SequencePass pass = new SequencePass(network, network.whitened(items), i == 1);
            Adam optimizer = SequenceTraining.optimizer(network, PLAN);
            Drawn drawn = drawing.draw(0, new SplittableRandom(1), false);
            double first = pass.loss(drawn, PLAN).item_float();
            for (int step = 0; step < 12; step++) {
                Tensor loss = pass.loss(drawn, PLAN);
                Loop.descend(optimizer, loss, step, 1, 0, Peers.NONE);
                last[i] = loss.item_float();
            }
            assertTrue(last[i] < first - 0.05, first + " before, " + last[i] + " after");
        }
        assertEquals(last[0], last[1], 0.05);
    }

    /// Finished study runs are known by this: whoever changes it voids them.
    @Test
    void plansOnTheCpuSayWhatTheyAlwaysSaid() {
        assertEquals(
                "TrainingPlan[network=NetworkSettings[dimension=64, tokens=24, mapSteps=3, activation=BAYES, selected=4,"
                        + " products=true], seeds=Seeds[initial=-4689498862643123097,"
                        + " split=-534904783426661026, draws=8196980753821780235], device=CPU, threads=1,"
                        + " tokenSteps=1500, stageOneSteps=300, stageTwoSteps=100, base=0.25, contrast=1.0, dense=true,"
                        + " modalityDropout=0.05, validation=0.1]",
                TrainingPlan.full().toString());
    }

    private static void assertType(ScalarType expected, Tensor tensor) {
        assertEquals(expected, tensor.scalar_type().intern());
    }

    private static SequenceNetwork network() {
        return new SequenceNetwork(CONFIG, Whitening.of(items(), WIDTH, WIDTH), 3, new Device("cpu"));
    }

    private static List<Encoding> items() {
        var random = new SplittableRandom(2);
        List<Encoding> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            items.add(new Encoding(gaussian(random), gaussian(random)));
        }
        return items;
    }

    private static float[] gaussian(SplittableRandom random) {
        float[] values = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /// Everybody likes the later item.
    private static List<Person> people() {
        var random = new SplittableRandom(4);
        List<Person> people = new ArrayList<>();
        for (int person = 0; person < 20; person++) {
            List<Observation> observations = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int rejected = random.nextInt(39);
                observations.add(new Choice(random.nextInt(rejected + 1, 40), rejected, 1, i * 1_000L));
            }
            people.add(new Person(person, observations));
        }
        return people;
    }
}

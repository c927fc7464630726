package dev.konomi.train.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.konomi.item.OnnxRuntime;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {
    private static final float[] X = random(6, 1);

    @Test
    void sameCallsGiveSameBytes() {
        assertArrayEquals(linear(), linear());
    }

    private static byte[] linear() {
        var graph = new OnnxGraph("linear");
        String x = graph.floatInput("x", "N", 3);
        graph.output("y", graph.linear(x, new float[] {1, 2, 3, 4, 5, 6}, 2, new float[] {10, 20}), "N", 2);
        return graph.build();
    }

    @Test
    void linearMultipliesByTheTransposedWeight() throws OrtException {
        float[] y = run(linear(), new float[] {1, 0, 2, 0, 1, 0}, 2, 3);
        assertArrayEquals(new float[] {17, 36, 12, 25}, y, 1e-5f);
    }

    @Test
    void elementwiseOperatorsAgreeWithJava() throws OrtException {
        check(v -> 1 / (1 + Math.exp(-v)), OnnxGraph::sigmoid);
        check(v -> v / (1 + Math.exp(-v)), OnnxGraph::silu);
        check(v -> Math.log1p(Math.exp(v)), OnnxGraph::softplus);
        check(v -> -Math.log1p(Math.exp(-v)), OnnxGraph::logSigmoid);
        check(Math::tanh, OnnxGraph::tanh);
        check(Math::exp, OnnxGraph::exp);
        check(v -> Math.log(Math.abs(v)), (g, x) -> g.log(g.abs(x)));
        check(v -> v > 0 ? v : 2 * v, (g, x) -> g.where(g.greater(x, g.scalar(0)), x, g.add(x, x)));
        check(v -> Math.min(.5, Math.max(-.5, v)), (g, x) -> g.clip(x, -.5f, .5f));
        check(v -> v * v - v / 2, (g, x) -> g.sub(g.pow(x, 2), g.div(x, g.scalar(2))));
        check(v -> v, (g, x) -> g.reshape(g.transpose(g.transpose(x, 1, 0), 1, 0), -1, 3));
        check(v -> v, (g, x) -> g.concat(1, g.slice(x, 1, 0, 1), g.slice(x, 1, 1, Long.MAX_VALUE)));
        check(v -> v, (g, x) -> g.concat(1, g.split(x, 1, 2, 1).toArray(String[]::new)));
        check(v -> v, (g, x) -> g.squeeze(g.unsqueeze(x, 0), 0));
        check(v -> v + 1, (g, x) -> g.add(x, g.expand(g.scalar(1), g.shape(x))));
        check(v -> v, (g, x) -> g.gather(x, g.integers(0, 1), 0));
        check(v -> v, (g, x) -> g.reshape(x, g.concat(0, g.size(x, 0), g.integers(3))));
    }

    @Test
    void geluIsTheExactForm() throws OrtException {
        // Φ(1) = 0.841345, Φ(-2) = 0.022750: tabulated
        float[] y = run(unary(OnnxGraph::gelu), new float[] {0, 1, -2, 0, 1, -2}, 2, 3);
        assertArrayEquals(new float[] {0, .841345f, -.0455f}, new float[] {y[0], y[1], y[2]}, 1e-5f);
    }

    @Test
    void rowOperatorsAgreeWithJava() throws OrtException {
        checkRows(OnnxGraphTest::softmax, (g, x) -> g.softmax(x, -1));
        checkRows(
                row -> {
                    float[] p = softmax(row);
                    return new float[] {(float) Math.log(p[0]), (float) Math.log(p[1]), (float) Math.log(p[2])};
                },
                (g, x) -> g.logSoftmax(x, -1));
        checkRows(
                row -> {
                    double meanSquare = (row[0] * row[0] + row[1] * row[1] + row[2] * row[2]) / 3;
                    double scale = 1 / Math.sqrt(meanSquare + 1e-5);
                    return new float[] {
                        (float) (row[0] * scale), (float) (2 * row[1] * scale), (float) (3 * row[2] * scale)
                    };
                },
                (g, x) -> g.rmsNorm(x, new float[] {1, 2, 3}, 1e-5f));
        checkRows(
                row -> {
                    double mean = (row[0] + row[1] + row[2]) / 3;
                    double variance = 0;
                    for (float v : row) {
                        variance += (v - mean) * (v - mean) / 3;
                    }
                    double scale = 1 / Math.sqrt(variance + 1e-5);
                    return new float[] {
                        (float) ((row[0] - mean) * scale),
                        (float) (2 * (row[1] - mean) * scale + 1),
                        (float) (3 * (row[2] - mean) * scale - 1)
                    };
                },
                (g, x) -> g.layerNorm(x, new float[] {1, 2, 3}, new float[] {0, 1, -1}, 1e-5f));
        checkRows(row -> new float[] {row[0], row[0] + row[1], row[0] + row[1] + row[2]}, (g, x) -> g.cumSum(x, 1));
        checkRows(
                row -> {
                    float sum = row[0] + row[1] + row[2];
                    return new float[] {sum, sum, sum};
                },
                (g, x) -> g.expand(g.reduceSum(x, true, 1), g.shape(x)));
        checkRows(
                row -> {
                    float top = Math.max(row[0], Math.max(row[1], row[2]));
                    return new float[] {top, top, top};
                },
                (g, x) -> g.expand(g.topK(x, 1, 1).getFirst(), g.shape(x)));
    }

    @Test
    void convolutionAgreesWithJava() throws OrtException {
        float[] image = random(2 * 4 * 4, 2);
        float[] weight = random(3 * 2 * 3 * 3, 3);
        float[] bias = {.1f, .2f, .3f};
        var graph = new OnnxGraph("conv");
        String x = graph.floatInput("x", "B", 2, 4, 4);
        graph.output("y", graph.conv(x, weight, new long[] {3, 2, 3, 3}, bias, 2, 1, 1), "B", 3, 2, 2);
        float[] y = run(graph.build(), image, 1, 2, 4, 4);
        for (int out = 0; out < 3; out++) {
            for (int row = 0; row < 2; row++) {
                for (int column = 0; column < 2; column++) {
                    double expected = bias[out];
                    for (int channel = 0; channel < 2; channel++) {
                        for (int dy = 0; dy < 3; dy++) {
                            for (int dx = 0; dx < 3; dx++) {
                                int iy = 2 * row + dy - 1;
                                int ix = 2 * column + dx - 1;
                                if (iy >= 0 && iy < 4 && ix >= 0 && ix < 4) {
                                    expected += weight[((out * 2 + channel) * 3 + dy) * 3 + dx]
                                            * image[(channel * 4 + iy) * 4 + ix];
                                }
                            }
                        }
                    }
                    assertEquals(expected, y[(out * 2 + row) * 2 + column], 1e-5);
                }
            }
        }
    }

    @Test
    void anUnknownInputIsNamed() {
        var graph = new OnnxGraph("wrong");
        String x = graph.floatInput("x", "N");
        var refusal = assertThrows(IllegalArgumentException.class, () -> graph.add(x, "y"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("'y'"));
    }

    @Test
    void aConstantFillsItsShape() {
        var graph = new OnnxGraph("wrong");
        assertThrows(IllegalArgumentException.class, () -> graph.constant(new float[3], 2, 2));
    }

    @Test
    void aGraphWithoutOutputIsRefused() {
        assertThrows(IllegalStateException.class, () -> new OnnxGraph("empty").build());
    }

    private interface Operator {
        String add(OnnxGraph graph, String x);
    }

    private interface Function {
        double at(double x);
    }

    private static void check(Function expected, Operator operator) throws OrtException {
        float[] y = run(unary(operator), X, 2, 3);
        for (int i = 0; i < X.length; i++) {
            assertEquals(expected.at(X[i]), y[i], 1e-5);
        }
    }

    private static void checkRows(UnaryOperator<float[]> expected, Operator operator) throws OrtException {
        float[] y = run(unary(operator), X, 2, 3);
        for (int row = 0; row < 2; row++) {
            float[] result = expected.apply(new float[] {X[3 * row], X[3 * row + 1], X[3 * row + 2]});
            assertArrayEquals(result, new float[] {y[3 * row], y[3 * row + 1], y[3 * row + 2]}, 1e-5f);
        }
    }

    private static float[] softmax(float[] row) {
        double sum = Math.exp(row[0]) + Math.exp(row[1]) + Math.exp(row[2]);
        return new float[] {
            (float) (Math.exp(row[0]) / sum), (float) (Math.exp(row[1]) / sum), (float) (Math.exp(row[2]) / sum)
        };
    }

    private static byte[] unary(Operator operator) {
        var graph = new OnnxGraph("unary");
        String x = graph.floatInput("x", "N", 3);
        graph.output("y", operator.add(graph, x), "N", 3);
        return graph.build();
    }

    private static float[] run(byte[] model, float[] x, long... shape) throws OrtException {
        OrtEnvironment environment = OnnxRuntime.environment();
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (var session = environment.createSession(model, options);
                    var tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
                    var result = session.run(Map.of("x", tensor))) {
                FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] y = new float[values.remaining()];
                values.get(y);
                return y;
            }
        }
    }

    private static float[] random(int n, long seed) {
        var random = new SplittableRandom(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextDouble(-2, 2);
        }
        return values;
    }
}

package dev.konomi.train.network.sequence;

import static org.bytedeco.pytorch.global.torch.from_blob;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A network's tensors by name. Their first values come from a seed of this object alone, not from libtorch's
/// global generator, so that nothing else running in the process can change them.
final class Parameters {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final SplittableRandom random;

    Parameters(long seed) {
        random = new SplittableRandom(seed);
    }

    /// @return a tensor drawn from N(0, deviation²)
    Tensor normal(String name, double deviation, long... shape) {
        float[] values = new float[size(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return keep(name, values, shape);
    }

    /// @return a linear layer's weight `[out, in]` that keeps the variance of its input times `gain²`
    Tensor linear(String name, double gain, long out, long in) {
        return normal(name, gain / Math.sqrt(in), out, in);
    }

    /// @return a tensor filled with one value
    Tensor filled(String name, float value, long... shape) {
        float[] values = new float[size(shape)];
        java.util.Arrays.fill(values, value);
        return keep(name, values, shape);
    }

    private Tensor keep(String name, float[] values, long... shape) {
        Tensor tensor = floats(values, shape);
        if (tensors.put(name, tensor) != null) {
            throw new IllegalStateException("Parameter " + name + " is declared twice.");
        }
        return tensor;
    }

    /// Lets gradients into some parameters and into no others.
    ///
    /// @return the chosen ones, for an optimizer
    TensorVector train(Predicate<String> chosen) {
        TensorVector vector = new TensorVector();
        tensors.forEach((name, tensor) -> {
            boolean on = chosen.test(name);
            tensor.set_requires_grad(on);
            if (on) {
                vector.push_back(tensor);
            }
        });
        return vector;
    }

    SortedMap<String, Weight> weights() {
        SortedMap<String, Weight> weights = new TreeMap<>();
        tensors.forEach((name, tensor) -> weights.put(name, new Weight(shape(tensor), values(tensor))));
        return weights;
    }

    void set(Map<String, Weight> weights) {
        if (!weights.keySet().equals(tensors.keySet())) {
            throw new IllegalArgumentException("Weights named " + weights.keySet() + " do not fit a network that has "
                    + tensors.keySet() + ": load them with the configuration they were trained with.");
        }
        try (var off = new NoGradGuard()) {
            tensors.forEach((name, tensor) -> set(tensor, name, java.util.Objects.requireNonNull(weights.get(name))));
        }
    }

    private static void set(Tensor tensor, String name, Weight weight) {
        if (!java.util.Arrays.equals(shape(tensor), weight.shape())) {
            throw new IllegalArgumentException("Parameter " + name + " has the shape "
                    + java.util.Arrays.toString(shape(tensor)) + ", the weights give " + weight + ".");
        }
        try (Tensor source = floats(weight.values(), weight.shape())) {
            tensor.copy_(source);
        }
    }

    /// @return a tensor that owns its memory
    static Tensor floats(float[] values, long... shape) {
        try (var pointer = new FloatPointer(values);
                var blob = from_blob(pointer, shape, new TensorOptions(ScalarType.Float))) {
            return blob.clone();
        }
    }

    /// @return an int64 tensor that owns its memory
    static Tensor longs(long[] values, long... shape) {
        try (var pointer = new LongPointer(values);
                var blob = from_blob(pointer, shape, new TensorOptions(ScalarType.Long))) {
            return blob.clone();
        }
    }

    /// @return a tensor's values, row-major
    static float[] values(Tensor tensor) {
        try (Tensor dense = tensor.detach().contiguous()) {
            float[] values = new float[(int) dense.numel()];
            dense.data_ptr_float().get(values);
            return values;
        }
    }

    private static long[] shape(Tensor tensor) {
        long[] shape = new long[(int) tensor.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.size(i);
        }
        return shape;
    }

    private static int size(long... shape) {
        long product = 1;
        for (long one : shape) {
            product *= one;
        }
        return Math.toIntExact(product);
    }
}

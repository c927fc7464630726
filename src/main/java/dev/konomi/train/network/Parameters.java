package dev.konomi.train.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/// A network's named parameters. What is trained at which rate, and what is frozen, goes by [Part].
///
/// Tensors added here live as long as this object: add them outside of any `PointerScope` that ends sooner.
public final class Parameters {
    /// What a parameter belongs to.
    public enum Part {
        /// gates and absent tokens
        CONNECTOR,
        /// quadratic forms: what attributes do together
        TOWER,
        /// general appeal
        APPEAL,
        /// token vectors and their prior
        TOKENS,
        /// keys and query of the cosine activation
        QUERY,
        /// step sizes of the person's own taste, scales of evidence, and how often tastes change
        OWN,
        /// the head in sequence: labels, blocks and what reads the answer
        DECODER,
        /// statistics: never trained, but saved
        FIXED
    }

    /// @param part what it belongs to
    /// @param tensor a leaf tensor
    public record Parameter(String name, Part part, Tensor tensor) {}

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Device device;

    /// @param device where the tensors live
    public Parameters(Device device) {
        this.device = device;
    }

    /// @return where the tensors live
    public Device device() {
        return device;
    }

    /// @return the new parameter's tensor
    public Tensor add(String name, Part part, float[] values, long... shape) {
        Tensor tensor = Tensors.on(device, Tensors.of(values, shape)).set_requires_grad(part != Part.FIXED);
        if (parameters.put(name, new Parameter(name, part, tensor)) != null) {
            throw new IllegalArgumentException("There are two parameters named " + name + ".");
        }
        return tensor;
    }

    /// @return a new parameter drawn from `N(0, deviation²)`
    public Tensor addGaussian(String name, Part part, double deviation, SplittableRandom random, long... shape) {
        int size = 1;
        for (long length : shape) {
            size *= (int) length;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return add(name, part, values, shape);
    }

    /// @return a new parameter with one value throughout
    public Tensor addFilled(String name, Part part, double value, long... shape) {
        int size = 1;
        for (long length : shape) {
            size *= (int) length;
        }
        float[] values = new float[size];
        java.util.Arrays.fill(values, (float) value);
        return add(name, part, values, shape);
    }

    /// @return all parameters in the order they were added
    public List<Parameter> all() {
        return List.copyOf(parameters.values());
    }

    /// @return how many numbers are trained
    public long trained() {
        return parameters.values().stream()
                .filter(parameter -> parameter.part() != Part.FIXED)
                .mapToLong(parameter -> parameter.tensor().numel())
                .sum();
    }

    /// @return a copy of one parameter's values, row-major
    public float[] values(String name) {
        return Tensors.floats(find(name).tensor());
    }

    /// @return copies of all values by name
    public Map<String, float[]> copy() {
        Map<String, float[]> copy = new LinkedHashMap<>();
        parameters.keySet().forEach(name -> copy.put(name, values(name)));
        return copy;
    }

    /// @param values row-major, as many as the parameter has
    public void set(String name, float[] values) {
        Tensor tensor = find(name).tensor();
        try (var guard = new NoGradGuard()) {
            tensor.copy_(Tensors.of(values, tensor.shape()));
        }
    }

    /// @param values what [#copy] gave, of a network with the same settings
    public void set(Map<String, float[]> values) {
        if (!values.keySet().equals(parameters.keySet())) {
            throw new IllegalArgumentException("These parameters belong to another network: it has "
                    + parameters.keySet() + ", they are " + values.keySet() + ".");
        }
        values.forEach(this::set);
    }

    private Parameter find(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException(
                    "There is no parameter named " + name + " among " + parameters.keySet() + ".");
        }
        return parameter;
    }
}

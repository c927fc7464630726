package dev.konomi.train.network;

import java.util.Arrays;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Java arrays to tensors and back.
public final class Tensors {
    private Tensors() {}

    /// @param values row-major
    /// @param shape its product is the number of values
    /// @return an f32 tensor that owns its memory
    public static Tensor of(float[] values, long... shape) {
        requireSize(values.length, shape);
        Tensor tensor = torch.empty(shape, new TensorOptions(ScalarType.Float), new MemoryFormatOptional());
        if (values.length > 0) {
            tensor.data_ptr_float().put(values);
        }
        return tensor;
    }

    /// @return an int64 tensor that owns its memory, for indices
    public static Tensor of(long[] values, long... shape) {
        requireSize(values.length, shape);
        Tensor tensor = torch.empty(shape, new TensorOptions(ScalarType.Long), new MemoryFormatOptional());
        if (values.length > 0) {
            tensor.data_ptr_long().put(values);
        }
        return tensor;
    }

    /// @param rows all of one width
    /// @return `[rows, width]`
    public static Tensor of(float[][] rows, int width) {
        float[] flat = new float[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * width, width);
        }
        return of(flat, rows.length, width);
    }

    /// @return the tensor's values, row-major
    public static float[] floats(Tensor tensor) {
        Tensor plain = tensor.detach().to(ScalarType.Float).cpu().contiguous();
        float[] values = new float[Math.toIntExact(plain.numel())];
        if (values.length > 0) {
            plain.data_ptr_float().get(values);
        }
        return values;
    }

    /// @return the values of a `[rows, width]` tensor
    public static float[][] rows(Tensor tensor) {
        float[] flat = floats(tensor);
        int width = Math.toIntExact(tensor.size(1));
        float[][] rows = new float[Math.toIntExact(tensor.size(0))][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(flat, row * width, (row + 1) * width);
        }
        return rows;
    }

    /// @return the tensor on that device; itself where it is there already
    public static Tensor on(Device device, Tensor tensor) {
        return tensor.is_cuda() == device.is_cuda() ? tensor : tensor.to(device, tensor.scalar_type());
    }

    /// @return a number as libtorch takes it
    public static Scalar scalar(double value) {
        return new Scalar(value);
    }

    private static void requireSize(int values, long... shape) {
        long product = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        if (product != values) {
            throw new IllegalArgumentException(values + " values do not fill a tensor of shape "
                    + Arrays.toString(shape) + ", which takes " + product + ".");
        }
    }
}

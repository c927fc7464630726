package dev.konomi.train.network.sequence;

import java.util.Arrays;

/// A trained tensor outside libtorch.
///
/// @param shape its sizes
/// @param values row-major
public record Weight(long[] shape, float[] values) {
    public Weight {
        long product = 1;
        for (long size : shape) {
            product *= size;
        }
        if (product != values.length) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill the shape " + Arrays.toString(shape) + ".");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Weight weight
                && Arrays.equals(shape, weight.shape)
                && Arrays.equals(values, weight.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Weight" + Arrays.toString(shape);
    }
}

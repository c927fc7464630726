package dev.konomi.train.network.sequence;

import dev.konomi.item.Encoding;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Encodings' principal directions, each divided by its standard deviation. A connector that starts from these learns
/// in hundreds of steps what it would otherwise spend on scales.
///
/// @param mean `[d_e]`
/// @param map `[kept, d_e]`
record PrincipalComponents(float[] mean, float[] map) {
    /// Directions far below the strongest one are noise; this share of its variance keeps them small.
    private static final double FLOOR = 1e-3;

    /// @param encodings `[N, d_e]`
    /// @param rows those to take statistics of
    /// @param kept how many directions
    static PrincipalComponents of(Tensor encodings, long[] rows, int kept) {
        Tensor chosen = encodings.index_select(0, Parameters.longs(rows, rows.length));
        Tensor mean = chosen.mean(0);
        Tensor centred = chosen.sub(mean);
        Tensor covariance = centred.t().matmul(centred).div(new Scalar(rows.length));
        var decomposed = torch.linalg_eigh(covariance);
        long width = encodings.size(1);
        // Ascending order: the strongest directions are the last columns.
        Tensor variance = decomposed.get0().narrow(0, width - kept, kept).clamp_min(new Scalar(0));
        Tensor scale = variance.add(variance.max().mul(new Scalar(FLOOR)).add(new Scalar(1e-12)))
                .rsqrt();
        Tensor map = decomposed.get1().narrow(1, width - kept, kept).mul(scale).t();
        return new PrincipalComponents(Parameters.values(mean), Parameters.values(map));
    }

    /// @return `[N, 2, d_e]`, zeros where missing
    static Tensor matrix(List<Encoding> items, int width) {
        float[] values = new float[2 * width * items.size()];
        for (int i = 0; i < items.size(); i++) {
            float[] image = items.get(i).image();
            float[] text = items.get(i).text();
            if (image != null) {
                System.arraycopy(image, 0, values, 2 * i * width, width);
            }
            if (text != null) {
                System.arraycopy(text, 0, values, (2 * i + 1) * width, width);
            }
        }
        return Parameters.floats(values, items.size(), 2, width);
    }
}

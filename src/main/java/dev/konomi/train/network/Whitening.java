package dev.konomi.train.network;

import dev.konomi.item.Encoding;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Fixed statistics of the training items: both modalities mapped to vectors of width `D` in one space.
///
/// Image tokens are projected on their `D` principal components and scaled to equal variance (components far below
/// the mean variance less, so that an encoder's noise is not blown up). A text token is mapped to the image vector
/// that it lets one expect: the ridge regression on items that have both. Without enough such items, text is whitened
/// by the image's statistics: encoders put both in one space.
///
/// @param imageMean `[d_e]`
/// @param imageMap `[d_e, D]`
/// @param textMean `[d_e]`
/// @param textMap `[d_e, D]`
public record Whitening(float[] imageMean, float[] imageMap, float[] textMean, float[] textMap) {
    /// Root mean square of a component: vectors then have a norm that utilities of a few units and Adam's usual
    /// rates suit, whatever the encoder's scale.
    private static final double COMPONENT = 0.3;

    /// Variance added to every component, as a share of the mean variance of the components kept.
    private static final double FLOOR = 0.02;

    private static final double RIDGE = 0.02;

    /// A feature that hardly varies is not scaled up to the size of others.
    private static final double RARE = 0.02;

    /// The same of encodings without statistics.
    public static Whitening of(List<Encoding> items, int width, int dimension) {
        return of(items, width, 0, dimension);
    }

    /// @param statistics how many of the last columns are statistics of the picture
    /// @param dimension `D`
    /// @return how many of the `D` components are theirs, the last ones: half, or as many as there
    ///     are
    public static int ofStatistics(int statistics, int dimension) {
        return Math.min(statistics, dimension / 2);
    }

    /// Statistics have components of their own, so that what an encoder makes of pictures that it
    /// was not taught does not drown them: each is divided by its deviation, and their principal
    /// components are kept as large as they are.
    ///
    /// @param items training items only
    /// @param width `d_e`
    /// @param statistics how many of the last columns are statistics of the picture
    /// @param dimension `D`; components that the items do not have stay zero
    public static Whitening of(List<Encoding> items, int width, int statistics, int dimension) {
        List<float[]> images = new ArrayList<>();
        List<float[]> texts = new ArrayList<>();
        List<float[]> pairedImages = new ArrayList<>();
        List<float[]> pairedTexts = new ArrayList<>();
        for (Encoding item : items) {
            float[] image = item.image();
            float[] text = item.text();
            if (image != null) {
                images.add(image);
            }
            if (text != null) {
                texts.add(text);
            }
            if (image != null && text != null) {
                pairedImages.add(image);
                pairedTexts.add(text);
            }
        }
        if (images.isEmpty() && texts.isEmpty()) {
            throw new IllegalArgumentException("There is no item to take statistics from.");
        }
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            Tensor seen = matrix(images.isEmpty() ? texts : images, width);
            Tensor mean = seen.mean(0);
            Tensor map = components(seen.sub(mean), statistics, dimension);
            Tensor textMean = texts.isEmpty() ? mean : matrix(texts, width).mean(0);
            Tensor textMap = map;
            if (pairedTexts.size() >= 2 * width) {
                Tensor text = matrix(pairedTexts, width).sub(textMean);
                Tensor image = matrix(pairedImages, width).sub(mean).matmul(map);
                textMap = regression(text, image);
            }
            return new Whitening(
                    Tensors.floats(mean), Tensors.floats(map), Tensors.floats(textMean), Tensors.floats(textMap));
        }
    }

    /// @return `[d_e, D]`: in blocks, the embedding's principal directions and the statistics'
    private static Tensor components(Tensor centred, int statistics, int dimension) {
        int own = ofStatistics(statistics, dimension);
        long embedding = centred.size(1) - statistics;
        Tensor directions = principal(centred.narrow(1, 0, embedding).contiguous(), dimension - own);
        if (own == 0) {
            return statistics == 0 ? directions : torch.cat(vector(directions, zeros(statistics, dimension)), 0);
        }
        Tensor upper = torch.cat(vector(directions, zeros(embedding, own)), 1);
        Tensor standard = standardised(centred.narrow(1, embedding, statistics).contiguous(), own);
        Tensor lower = torch.cat(vector(zeros(statistics, dimension - own), standard), 1);
        return torch.cat(vector(upper, lower), 0);
    }

    private static TensorVector vector(Tensor one, Tensor other) {
        return new TensorVector(one, other);
    }

    private static Tensor zeros(long rows, long columns) {
        return torch.zeros(rows, columns);
    }

    /// @return `[S, D]`: principal directions of standardised columns, all scaled alike to a mean
    ///     of [#COMPONENT]
    private static Tensor standardised(Tensor centred, int dimension) {
        int width = (int) centred.size(1);
        Tensor deviation =
                centred.square().mean(0).add(Tensors.scalar(RARE * RARE)).sqrt();
        Tensor standard = centred.div(deviation);
        var decomposed =
                torch.linalg_eigh(standard.t().matmul(standard).div(Tensors.scalar(Math.max(1, centred.size(0)))));
        float[] variance = Tensors.floats(decomposed.get0());
        double mean = 0;
        for (int k = 0; k < dimension; k++) {
            mean += Math.max(0, variance[width - 1 - k]) / dimension;
        }
        // The most important one first, as in the other block.
        Tensor kept = decomposed
                .get1()
                .narrow(1, width - dimension, dimension)
                .flip(1)
                .mul(Tensors.scalar(COMPONENT / Math.sqrt(mean + 1e-12)));
        return kept.div(deviation.unsqueeze(1));
    }

    /// @return `[d_e, D]`: principal directions, each scaled to [#COMPONENT]
    private static Tensor principal(Tensor centred, int dimension) {
        int width = (int) centred.size(1);
        Tensor covariance = centred.t().matmul(centred).div(Tensors.scalar(Math.max(1, centred.size(0))));
        var decomposed = torch.linalg_eigh(covariance);
        float[] variance = Tensors.floats(decomposed.get0());
        float[] vectors = Tensors.floats(decomposed.get1());
        int kept = Math.min(dimension, width);
        double mean = 0;
        for (int k = 0; k < kept; k++) {
            mean += Math.max(0, variance[width - 1 - k]) / kept;
        }
        float[] map = new float[width * dimension];
        for (int k = 0; k < kept; k++) {
            int column = width - 1 - k;
            double scale = COMPONENT / Math.sqrt(Math.max(0, variance[column]) + FLOOR * mean + 1e-12);
            for (int row = 0; row < width; row++) {
                map[row * dimension + k] = (float) (scale * vectors[row * width + column]);
            }
        }
        return Tensors.of(map, width, dimension);
    }

    /// @return `[d_e, D]`, the ridge regression of `y` on `x`
    private static Tensor regression(Tensor x, Tensor y) {
        long width = x.size(1);
        Tensor gram = x.t().matmul(x);
        double ridge = RIDGE * gram.trace().item_float() / width + 1e-9;
        return torch.linalg_solve(gram.add(torch.eye(width).mul(Tensors.scalar(ridge))), x.t().matmul(y));
    }

    private static Tensor matrix(List<float[]> rows, int width) {
        return Tensors.of(rows.toArray(float[][]::new), width);
    }
}

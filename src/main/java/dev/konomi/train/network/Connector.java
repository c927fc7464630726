package dev.konomi.train.network;

import dev.konomi.item.Encoding;
import dev.konomi.train.network.Parameters.Part;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// From a frozen encoder's tokens to an item's vector `x`: whitened by fixed statistics, then fused by presence.
///
/// `x = γ_image ∘ image + γ_text ∘ text + absent`, with gates and absent token of their own for an item with both,
/// with an image only and with a text only.
public final class Connector {
    /// Columns of a presence row.
    static final int BOTH = 0;

    static final int IMAGE_ONLY = 1;
    static final int TEXT_ONLY = 2;
    static final int CASES = 3;

    private final Whitening whitening;
    private final int width;
    private final int dimension;
    private final Tensor imageGate;
    private final Tensor textGate;
    private final Tensor absent;
    private final Tensor zero;

    Connector(Parameters parameters, Whitening whitening, int width, int dimension) {
        this.whitening = whitening;
        this.width = width;
        this.dimension = dimension;
        parameters.add("connector.imageMean", Part.FIXED, whitening.imageMean(), width);
        parameters.add("connector.imageMap", Part.FIXED, whitening.imageMap(), width, dimension);
        parameters.add("connector.textMean", Part.FIXED, whitening.textMean(), width);
        parameters.add("connector.textMap", Part.FIXED, whitening.textMap(), width, dimension);
        // Rows: with both, alone. What a text lets one expect is in the image already: mixed in from the start it only
        // moves items by what their texts happen to name.
        imageGate = parameters.add("connector.imageGate", Part.CONNECTOR, rows(1, 1), 2, dimension);
        textGate = parameters.add("connector.textGate", Part.CONNECTOR, rows(0, 1), 2, dimension);
        absent = parameters.addFilled("connector.absent", Part.CONNECTOR, 0, 2, dimension);
        zero = Tensors.on(parameters.device(), torch.zeros(1, dimension));
    }

    private float[] rows(float first, float second) {
        float[] rows = new float[2 * dimension];
        java.util.Arrays.fill(rows, 0, dimension, first);
        java.util.Arrays.fill(rows, dimension, rows.length, second);
        return rows;
    }

    /// Whitens items once, before training; a last row of presence zero is added: the mean item.
    ///
    /// @param items N items
    /// @param device where the table lives
    /// @return N + 1 rows
    public ItemTable table(List<Encoding> items, org.bytedeco.pytorch.Device device) {
        int rows = items.size() + 1;
        float[] image = new float[rows * width];
        float[] text = new float[rows * width];
        float[] presence = new float[rows * CASES];
        for (int row = 0; row < rows; row++) {
            Encoding item = row < items.size() ? items.get(row) : null;
            float[] seen = item == null ? null : item.image();
            float[] read = item == null ? null : item.text();
            System.arraycopy(seen == null ? whitening.imageMean() : seen, 0, image, row * width, width);
            System.arraycopy(read == null ? whitening.textMean() : read, 0, text, row * width, width);
            if (item != null) {
                presence[row * CASES + (seen == null ? TEXT_ONLY : read == null ? IMAGE_ONLY : BOTH)] = 1;
            }
        }
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            Tensor images = whiten(image, rows, whitening.imageMean(), whitening.imageMap());
            Tensor texts = whiten(text, rows, whitening.textMean(), whitening.textMap());
            ItemTable table =
                    new ItemTable(Tensors.on(device, images), Tensors.on(device, texts), presence, items.size());
            table.image().retainReference();
            table.text().retainReference();
            return table;
        }
    }

    private Tensor whiten(float[] tokens, int rows, float[] mean, float[] map) {
        return Tensors.of(tokens, rows, width).sub(Tensors.of(mean, width)).matmul(Tensors.of(map, width, dimension));
    }

    /// @param image `[R, D]`, whitened
    /// @param text `[R, D]`, whitened
    /// @param presence `[R, 3]`, one of the three columns 1; all zero for the mean item
    /// @return `x`, `[R, D]`
    Tensor fuse(Tensor image, Tensor text, Tensor presence) {
        Tensor imageGates = torch.cat(new TensorVector(imageGate, zero), 0);
        Tensor textGates = torch.cat(new TensorVector(textGate.narrow(0, 0, 1), zero, textGate.narrow(0, 1, 1)), 0);
        Tensor missing = torch.cat(new TensorVector(zero, absent), 0);
        return image.mul(presence.matmul(imageGates))
                .add(text.mul(presence.matmul(textGates)))
                .add(presence.matmul(missing));
    }
}

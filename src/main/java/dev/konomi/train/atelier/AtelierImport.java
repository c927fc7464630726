package dev.konomi.train.atelier;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.konomi.item.EncoderManifest;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/// Reads a finished encoder's weights back from its graphs, so that a further round needs no checkpoint: the inverse of
/// [AtelierExport], in the same order. What only training has, the heads for statistics and procedural pictures, is in
/// no graph and begins anew.
final class AtelierImport {
    private final Path file;
    private final Iterator<TensorProto> weights;

    private AtelierImport(Path file) throws IOException {
        this.file = file;
        weights = ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getInitializerList().stream()
                .filter(weight -> weight.getDataType() == TensorProto.DataType.FLOAT.getNumber())
                .iterator();
    }

    /// @param encoder a folder with `image.onnx` and `text.onnx`
    /// @throws IllegalArgumentException when they are those of towers with other sizes
    static void read(Atelier network, Path encoder) throws IOException {
        try (var still = new NoGradGuard()) {
            new AtelierImport(encoder.resolve(EncoderManifest.IMAGE_FILE)).image(network);
            new AtelierImport(encoder.resolve(EncoderManifest.TEXT_FILE)).text(network);
        }
    }

    private void image(Atelier network) {
        ImageTower tower = network.image;
        linear(tower.stem1);
        norm(tower.norm1);
        linear(tower.stem2);
        norm(tower.norm2);
        linear(tower.stem3);
        norm(tower.norm3);
        next(tower.position, tower.shape.tokens(), tower.shape.width());
        for (ImageTower.Block block : tower.blocks) {
            norm(block.norm1);
            linear(block.qkv);
            linear(block.out);
            norm(block.norm2);
            linear(block.up);
            linear(block.down);
        }
        norm(tower.last);
        linear(tower.project);
        linear(network.attributes);
    }

    private void text(Atelier network) {
        TextTower tower = network.text;
        next(tower.says.weight().squeeze(1), tower.shape.buckets());
        next(tower.pieces.weight(), tower.shape.buckets(), tower.shape.word());
        norm(tower.norm);
        linear(tower.up);
        linear(tower.middle);
        linear(tower.project);
    }

    /// A graph multiplies by the transposed weight.
    private void linear(LinearImpl layer) {
        next(layer.weight().t(), layer.weight().size(1), layer.weight().size(0));
        next(layer.bias(), layer.bias().size(0));
    }

    private void norm(LayerNormImpl layer) {
        next(layer.weight(), layer.weight().size(0));
        next(layer.bias(), layer.bias().size(0));
    }

    /// Constants of the graph's own, scalars and such, lie between the weights.
    private void next(Tensor into, long... shape) {
        List<Long> wanted = Arrays.stream(shape).boxed().toList();
        while (weights.hasNext()) {
            TensorProto weight = weights.next();
            if (weight.getDimsList().equals(wanted)) {
                float[] values = new float[(int) into.numel()];
                weight.getRawData()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values);
                into.copy_(Tensor.create(values, shape));
                return;
            }
        }
        throw new IllegalArgumentException(file + " has no weight of shape " + wanted
                + " where these towers have one: it is no encoder of theirs.");
    }
}

package dev.konomi.train.atelier;

import dev.konomi.gallery.Attribute;
import dev.konomi.item.EncoderManifest;
import dev.konomi.train.export.OnnxGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;

/// Writes the towers as ONNX graphs, operator by operator as the towers compute them.
final class AtelierExport {
    private static final float EPSILON = 1e-5f;

    private AtelierExport() {}

    /// `pixels [N, edge, edge, 3]` → `embedding [N, d_e]`, see [Atelier#encoding].
    static byte[] image(Atelier network) {
        ImageTower tower = network.image;
        TowerShape shape = tower.shape;
        OnnxGraph graph = new OnnxGraph("atelier-image");
        String x = graph.floatInput(EncoderManifest.PIXELS, "N", shape.edge(), shape.edge(), 3);
        int side = shape.edge() / 4;
        x = graph.gelu(norm(
                graph, linear(graph, windows(graph, merge(graph, x, side, 4, 3), side), tower.stem1), tower.norm1));
        side /= 2;
        x = graph.gelu(norm(
                graph,
                linear(graph, windows(graph, merge(graph, x, side, 2, shape.fine()), side), tower.stem2),
                tower.norm2));
        side /= 2;
        x = norm(
                graph,
                linear(graph, windows(graph, merge(graph, x, side, 2, shape.middle()), side), tower.stem3),
                tower.norm3);
        x = graph.reshape(x, 0, shape.tokens(), shape.width());
        x = graph.add(x, graph.constant(values(tower.position), shape.tokens(), shape.width()));
        for (ImageTower.Block block : tower.blocks) {
            x = block(graph, x, block, shape);
        }
        x = graph.reduceMean(norm(graph, x, tower.last), false, 1);
        String encoding = encoding(graph, linear(graph, x, tower.project), network);
        graph.output(EncoderManifest.EMBEDDING, encoding, "N", Atelier.width(shape));
        return graph.build();
    }

    /// `ids [N, ids]` → `embedding [N, d_e]`, see [Atelier#encoding].
    static byte[] text(Atelier network) {
        TextTower tower = network.text;
        TowerShape shape = tower.shape;
        OnnxGraph graph = new OnnxGraph("atelier-text");
        String ids = graph.longInput(EncoderManifest.IDS, "N", shape.ids());
        String absent = graph.toFloat(graph.equal(ids, graph.integer(0)));
        String say = graph.gather(graph.constant(values(tower.says.weight()), shape.buckets()), ids, 0);
        String weights = graph.softmax(graph.add(say, graph.mul(absent, TextTower.NOTHING)), 1);
        String pieces =
                graph.gather(graph.constant(values(tower.pieces.weight()), shape.buckets(), shape.word()), ids, 0);
        String mean = graph.squeeze(graph.matMul(graph.unsqueeze(weights, 1), pieces), 1);
        String x = graph.gelu(linear(graph, norm(graph, mean, tower.norm), tower.up));
        x = graph.add(x, graph.gelu(linear(graph, x, tower.middle)));
        String encoding = encoding(graph, linear(graph, x, tower.project), network);
        graph.output(EncoderManifest.EMBEDDING, encoding, "N", Atelier.width(shape));
        return graph.build();
    }

    /// See [Atelier#encoding].
    private static String encoding(OnnxGraph graph, String embedding, Atelier network) {
        String all = linear(graph, embedding, network.attributes);
        List<String> parts = new ArrayList<>();
        for (Attribute attribute : Attribute.values()) {
            int from = attribute.offset();
            parts.add(graph.softmax(graph.slice(all, 1, from, from + attribute.size()), 1));
        }
        int width = network.image.shape.embedding();
        float[] length = new float[width];
        Arrays.fill(length, (float) (Atelier.DIRECTION / Math.sqrt(width)));
        parts.add(graph.rmsNorm(embedding, length, 1e-12f));
        return graph.concat(1, parts.toArray(String[]::new));
    }

    private static String block(OnnxGraph graph, String x, ImageTower.Block block, TowerShape shape) {
        long head = shape.width() / shape.heads();
        String split = graph.transpose(
                graph.reshape(
                        linear(graph, norm(graph, x, block.norm1), block.qkv),
                        0,
                        shape.tokens(),
                        3,
                        shape.heads(),
                        head),
                2,
                0,
                3,
                1,
                4);
        List<String> parts = graph.split(split, 0, 1, 1, 1);
        String query = graph.squeeze(parts.get(0), 0);
        String key = graph.squeeze(parts.get(1), 0);
        String value = graph.squeeze(parts.get(2), 0);
        String weights = graph.softmax(
                graph.mul(graph.matMul(query, graph.transpose(key, 0, 1, 3, 2)), (float) (1 / Math.sqrt(head))), -1);
        String seen = graph.reshape(
                graph.transpose(graph.matMul(weights, value), 0, 2, 1, 3), 0, shape.tokens(), shape.width());
        String attended = graph.add(x, linear(graph, seen, block.out));
        String fed = linear(graph, graph.gelu(linear(graph, norm(graph, attended, block.norm2), block.up)), block.down);
        return graph.add(attended, fed);
    }

    /// `[N, side·size, side·size, c]` to `[N, side, side, size·size·c]`.
    private static String merge(OnnxGraph graph, String x, int side, int size, int channels) {
        String rows = graph.reshape(x, 0, side, size, side, (long) size * channels);
        return graph.reshape(graph.transpose(rows, 0, 1, 3, 2, 4), 0, side, side, (long) size * size * channels);
    }

    private static String windows(OnnxGraph graph, String x, int side) {
        String wide = graph.node(
                "Pad", List.of(x, graph.integers(0, 0, 0, 0, 0, 1, 1, 0)), OnnxGraph.Attribute.of("mode", "constant"));
        String lower = graph.slice(wide, 1, 1, side + 1L);
        String upper = graph.slice(wide, 1, 0, side);
        return graph.concat(
                3,
                x,
                graph.slice(upper, 2, 1, side + 1L),
                graph.slice(lower, 2, 0, side),
                graph.slice(lower, 2, 1, side + 1L));
    }

    private static String linear(OnnxGraph graph, String x, LinearImpl layer) {
        return graph.linear(x, values(layer.weight()), (int) layer.weight().size(0), values(layer.bias()));
    }

    private static String norm(OnnxGraph graph, String x, LayerNormImpl layer) {
        return graph.layerNorm(x, values(layer.weight()), values(layer.bias()), EPSILON);
    }

    static float[] values(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        tensor.detach().contiguous().data_ptr_float().get(values);
        return values;
    }
}

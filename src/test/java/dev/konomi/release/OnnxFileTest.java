package dev.konomi.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.konomi.release.Manifest.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxFileTest {
    private static final TensorProto EXTERNAL = TensorProto.newBuilder()
            .setName("weights")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(1)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                    StringStringEntryProto.newBuilder().setKey("location").setValue("../../secret"))
            .build();

    @Test
    void readsInputsAndOutputs() {
        OnnxFile file = OnnxFile.read(TestRelease.score());
        assertEquals(
                new TreeMap<>(Map.of(
                        "taste", Tensor.floats(4),
                        "features", Tensor.floats(-1, 4),
                        "appeal", Tensor.floats(-1),
                        "offset", Tensor.floats(-1))),
                file.inputs());
        assertEquals(new TreeMap<>(Map.of("logits", Tensor.floats(-1, 2))), file.outputs());
    }

    static Stream<GraphProto> graphsWithDataOutside() {
        var locationOnly = TensorProto.newBuilder().setDataLocation(TensorProto.DataLocation.EXTERNAL);
        var pathOnly = TensorProto.newBuilder()
                .addExternalData(StringStringEntryProto.newBuilder().setKey("location"));
        var constant = NodeProto.newBuilder()
                .setOpType("Constant")
                .addAttribute(AttributeProto.newBuilder().setName("value").setT(EXTERNAL));
        var inner = GraphProto.newBuilder().addNode(constant);
        return Stream.of(
                GraphProto.newBuilder().addInitializer(EXTERNAL).build(),
                GraphProto.newBuilder().addInitializer(locationOnly).build(),
                GraphProto.newBuilder().addInitializer(pathOnly).build(),
                GraphProto.newBuilder()
                        .addSparseInitializer(SparseTensorProto.newBuilder().setValues(EXTERNAL))
                        .build(),
                GraphProto.newBuilder()
                        .addSparseInitializer(SparseTensorProto.newBuilder().setIndices(EXTERNAL))
                        .build(),
                inner.build(),
                GraphProto.newBuilder()
                        .addNode(NodeProto.newBuilder()
                                .addAttribute(AttributeProto.newBuilder().addTensors(EXTERNAL)))
                        .build(),
                GraphProto.newBuilder()
                        .addNode(NodeProto.newBuilder()
                                .setOpType("If")
                                .addAttribute(AttributeProto.newBuilder().setG(inner)))
                        .build(),
                GraphProto.newBuilder()
                        .addNode(NodeProto.newBuilder()
                                .addAttribute(AttributeProto.newBuilder().addGraphs(inner)))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("graphsWithDataOutside")
    void refusesDataOutsideTheFileWhereverItIsHidden(GraphProto graph) {
        byte[] bytes = ModelProto.newBuilder().setGraph(graph).build().toByteArray();
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> OnnxFile.read(bytes));
        assertTrue(String.valueOf(refused.getMessage()).contains("external data"), refused.getMessage());
    }

    @Test
    void aSecondGraphHidesNothing() {
        // Concatenated protocol buffers are merged: the later graph's fields are added to the first one's.
        byte[] first = ModelProto.newBuilder()
                .setGraph(GraphProto.newBuilder().addInitializer(EXTERNAL))
                .build()
                .toByteArray();
        byte[] good = TestRelease.score();
        byte[] both = Arrays.copyOf(first, first.length + good.length);
        System.arraycopy(good, 0, both, first.length, good.length);
        assertThrows(IllegalArgumentException.class, () -> OnnxFile.read(both));
    }

    @Test
    void graphsInGraphsEndSomewhere() {
        GraphProto graph = GraphProto.getDefaultInstance();
        for (int depth = 0; depth < 60; depth++) {
            graph = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder()
                            .addAttribute(AttributeProto.newBuilder().setG(graph)))
                    .build();
        }
        byte[] bytes = ModelProto.newBuilder().setGraph(graph).build().toByteArray();
        assertThrows(IllegalArgumentException.class, () -> OnnxFile.read(bytes));
    }

    @Test
    void damagedFilesAreRefusedOrReadButNeverAnythingElse() {
        SplittableRandom random = new SplittableRandom(5);
        for (byte[] whole : List.of(TestRelease.item(1), TestRelease.history(1), TestRelease.score())) {
            for (int i = 0; i < 1000; i++) {
                byte[] damaged =
                        random.nextBoolean() ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                try {
                    assertTrue(OnnxFile.read(damaged).inputs().size() < damaged.length);
                } catch (IllegalArgumentException refused) {
                    assertTrue(refused.getMessage() != null
                            && !refused.getMessage().isBlank());
                }
            }
        }
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> OnnxFile.read(new byte[0]));
    }

    static byte[] withExternalInitializer(byte[] graph) {
        try {
            var model = ModelProto.parseFrom(graph).toBuilder();
            model.getGraphBuilder().addInitializer(EXTERNAL);
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.konomi.item;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SelfContainedModelTest {
    private static final TensorProto INSIDE = TensorProto.newBuilder()
            .setName("w")
            .addDims(1)
            .setDataType(1)
            .addFloatData(1)
            .build();
    private static final TensorProto OUTSIDE = TensorProto.newBuilder()
            .setName("w")
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                    StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"))
            .build();

    @Test
    void weightsInsideAreFine() {
        assertDoesNotThrow(
                () -> SelfContainedModel.require(ByteBuffer.wrap(model(INSIDE).toByteArray()), "model"));
    }

    @Test
    void weightsElsewhereAreRefused() {
        assertRefused(model(OUTSIDE));
    }

    @Test
    void weightsElsewhereAreFoundInSubgraphsToo() {
        GraphProto inner = GraphProto.newBuilder()
                .addNode(NodeProto.newBuilder()
                        .setOpType("Constant")
                        .addAttribute(
                                AttributeProto.newBuilder().setName("value").setT(OUTSIDE)))
                .build();
        assertRefused(ModelProto.newBuilder()
                .setGraph(GraphProto.newBuilder()
                        .addNode(NodeProto.newBuilder()
                                .setOpType("If")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("then_branch")
                                        .setG(inner))))
                .build());
    }

    @Test
    void aCutModelIsRefused() {
        byte[] whole = model(INSIDE).toByteArray();
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length == 2) {
                continue; // only the version number: a whole, if empty, message
            }
            assertThrows(
                    IllegalArgumentException.class, () -> SelfContainedModel.require(ByteBuffer.wrap(cut), "model"));
        }
    }

    private static ModelProto model(TensorProto weight) {
        return ModelProto.newBuilder()
                .setIrVersion(10)
                .setGraph(GraphProto.newBuilder().addInitializer(weight))
                .build();
    }

    private static void assertRefused(ModelProto model) {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> SelfContainedModel.require(ByteBuffer.wrap(model.toByteArray()), "item.onnx"));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("item.onnx keeps weights in other files"),
                refused.getMessage());
    }
}

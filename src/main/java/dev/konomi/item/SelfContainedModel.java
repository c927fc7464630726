package dev.konomi.item;

import java.nio.ByteBuffer;
import java.util.Map;

/// Refuses ONNX models whose weights stand in other files: such a model names a path, and a runtime that follows it
/// reads whatever lies there (CVE-2022-25882, CVE-2024-5187).
///
/// The file is walked as protobuf wire format, so that serving needs no protobuf library. Message and field numbers
/// are those of `onnx.proto3`.
public final class SelfContainedModel {
    private static final int DEEPEST = 32;

    private enum Message {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        TENSOR,
        SPARSE_TENSOR,
        FUNCTION
    }

    /// Which fields of a message hold messages that may hold a tensor.
    private static final Map<Message, Map<Integer, Message>> CHILDREN = Map.of(
            Message.MODEL, Map.of(7, Message.GRAPH, 25, Message.FUNCTION),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE_TENSOR),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE,
                    Map.of(
                            5, Message.TENSOR,
                            6, Message.GRAPH,
                            10, Message.TENSOR,
                            11, Message.GRAPH,
                            22, Message.SPARSE_TENSOR,
                            23, Message.SPARSE_TENSOR),
            Message.TENSOR, Map.of(),
            Message.SPARSE_TENSOR, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
            Message.FUNCTION, Map.of(7, Message.NODE, 11, Message.ATTRIBUTE));

    private static final int EXTERNAL_DATA = 13;
    private static final int DATA_LOCATION = 14;

    private final ByteBuffer file;
    private final String name;

    private SelfContainedModel(ByteBuffer file, String name) {
        this.file = file;
        this.name = name;
    }

    /// @param file the model
    /// @param name what to call it in a message
    /// @throws IllegalArgumentException when a tensor points outside the file, or the file is no model
    public static void require(ByteBuffer file, String name) {
        try {
            new SelfContainedModel(file.slice(), name).walk(0, file.remaining(), Message.MODEL, 0);
        } catch (IndexOutOfBoundsException cut) {
            throw new IllegalArgumentException(name + " is no ONNX model, or it is cut off.", cut);
        }
    }

    private void walk(int from, int to, Message message, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException(name + " nests graphs deeper than " + DEEPEST + "; it is not loaded.");
        }
        Map<Integer, Message> children = CHILDREN.getOrDefault(message, Map.of());
        long[] at = {from};
        while (at[0] < to) {
            long key = varint(at);
            int field = (int) (key >>> 3);
            if (message == Message.TENSOR && (field == EXTERNAL_DATA || (field == DATA_LOCATION && peek(at[0]) != 0))) {
                throw new IllegalArgumentException(
                        name + " keeps weights in other files; save it with all weights inside.");
            }
            switch ((int) (key & 7)) {
                case 0 -> varint(at);
                case 1 -> at[0] += 8;
                case 2 -> {
                    long length = varint(at);
                    if (length < 0 || at[0] + length > to) {
                        throw new IndexOutOfBoundsException();
                    }
                    Message child = children.get(field);
                    if (child != null) {
                        walk((int) at[0], (int) (at[0] + length), child, depth + 1);
                    }
                    at[0] += length;
                }
                case 5 -> at[0] += 4;
                default -> throw new IndexOutOfBoundsException();
            }
        }
        if (at[0] != to) {
            throw new IndexOutOfBoundsException();
        }
    }

    private byte peek(long at) {
        return file.get(Math.toIntExact(at));
    }

    private long varint(long[] at) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = peek(at[0]++);
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException();
    }
}

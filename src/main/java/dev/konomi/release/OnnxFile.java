package dev.konomi.release;

import dev.konomi.release.Manifest.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an ONNX file says about itself, read from its bytes without loading it: inputs, outputs, and whether any tensor
/// lies outside the file. External data is a path into the file system that the file's author chose; it is refused.
///
/// Reads the protocol buffer's wire format (onnx.proto, IR 3 and later); fields that do not matter here are skipped.
///
/// @param inputs inputs that are no initializers, by name
/// @param outputs outputs, by name
record OnnxFile(SortedMap<String, Tensor> inputs, SortedMap<String, Tensor> outputs) {
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_TRAINING = 20;
    private static final int MODEL_FUNCTIONS = 25;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_INPUT = 11;
    private static final int GRAPH_OUTPUT = 12;
    private static final int GRAPH_SPARSE_INITIALIZER = 15;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int FUNCTION_NODE = 7;
    private static final int FUNCTION_ATTRIBUTE = 11;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int ATTRIBUTE_TENSORS = 10;
    private static final int ATTRIBUTE_GRAPHS = 11;
    private static final int ATTRIBUTE_SPARSE = 22;
    private static final int ATTRIBUTE_SPARSES = 23;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int TENSOR_DATA_LOCATION = 14;
    private static final int DEEPEST = 32;
    private static final String[] TYPES = {
        "undefined",
        "float32",
        "uint8",
        "int8",
        "uint16",
        "int16",
        "int32",
        "int64",
        "string",
        "bool",
        "float16",
        "float64",
        "uint32",
        "uint64",
        "complex64",
        "complex128",
        "bfloat16"
    };

    /// @param bytes content of an ONNX file
    /// @return what it says about itself
    /// @throws IllegalArgumentException when it is none, or refers to data outside itself
    static OnnxFile read(byte[] bytes) {
        OnnxFile[] found = new OnnxFile[1];
        new Message(bytes, 0, bytes.length).forEach((field, value) -> {
            switch (field) {
                case MODEL_GRAPH -> {
                    // Readers of protocol buffers merge repeated messages: what is seen here would not be what is run.
                    if (found[0] != null) {
                        throw new IllegalArgumentException("The ONNX file holds two graphs; export it again.");
                    }
                    found[0] = graph(value, 0);
                }
                case MODEL_FUNCTIONS -> function(value);
                case MODEL_TRAINING ->
                    throw new IllegalArgumentException("The ONNX file carries training steps; export for inference.");
                default -> {}
            }
        });
        if (found[0] == null) {
            throw new IllegalArgumentException("The file holds no ONNX graph.");
        }
        return found[0];
    }

    private static OnnxFile graph(Message graph, int depth) {
        requireShallow(depth);
        SortedMap<String, Tensor> inputs = new TreeMap<>();
        SortedMap<String, Tensor> outputs = new TreeMap<>();
        Set<String> initializers = new HashSet<>();
        graph.forEach((field, value) -> {
            switch (field) {
                case GRAPH_NODE -> node(value, depth);
                case GRAPH_INITIALIZER -> initializers.add(tensor(value));
                case GRAPH_SPARSE_INITIALIZER -> sparse(value);
                case GRAPH_INPUT -> valueInfo(value, inputs);
                case GRAPH_OUTPUT -> valueInfo(value, outputs);
                default -> {}
            }
        });
        inputs.keySet().removeAll(initializers);
        return new OnnxFile(inputs, outputs);
    }

    private static void function(Message function) {
        function.forEach((field, value) -> {
            switch (field) {
                case FUNCTION_NODE -> node(value, 0);
                case FUNCTION_ATTRIBUTE -> attribute(value, 0);
                default -> {}
            }
        });
    }

    private static void node(Message node, int depth) {
        node.forEach((field, value) -> {
            if (field == NODE_ATTRIBUTE) {
                attribute(value, depth);
            }
        });
    }

    private static void attribute(Message attribute, int depth) {
        attribute.forEach((field, value) -> {
            switch (field) {
                case ATTRIBUTE_TENSOR, ATTRIBUTE_TENSORS -> tensor(value);
                case ATTRIBUTE_SPARSE, ATTRIBUTE_SPARSES -> sparse(value);
                case ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS -> graph(value, depth + 1);
                default -> {}
            }
        });
    }

    private static void sparse(Message sparse) {
        sparse.forEach((field, value) -> {
            if (field <= 2) {
                tensor(value);
            }
        });
    }

    private static String tensor(Message tensor) {
        String[] name = {""};
        tensor.forEach(
                (field, value) -> {
                    if (field == TENSOR_NAME) {
                        name[0] = value.text();
                    } else if (field == TENSOR_EXTERNAL_DATA) {
                        throw external();
                    }
                },
                (field, number) -> {
                    if (field == TENSOR_DATA_LOCATION && number != 0) {
                        throw external();
                    }
                });
        return name[0];
    }

    private static IllegalArgumentException external() {
        return new IllegalArgumentException(
                "The ONNX file keeps a tensor in another file (external data); Konomi loads only self-contained graphs.");
    }

    private static void valueInfo(Message info, SortedMap<String, Tensor> into) {
        String[] name = {""};
        Tensor[] tensor = {new Tensor("undefined", List.of())};
        info.forEach((field, value) -> {
            switch (field) {
                case 1 -> name[0] = value.text();
                case 2 ->
                    value.forEach((kind, type) -> {
                        if (kind == 1) {
                            tensor[0] = tensorType(type);
                        }
                    });
                default -> {}
            }
        });
        into.put(name[0], tensor[0]);
    }

    private static Tensor tensorType(Message type) {
        String[] element = {"undefined"};
        List<Long> shape = new ArrayList<>();
        type.forEach(
                (field, value) -> {
                    if (field == 2) {
                        value.forEach((dimension, size) -> {
                            if (dimension == 1) {
                                shape.add(dimension(size));
                            }
                        });
                    }
                },
                (field, number) -> {
                    if (field == 1) {
                        element[0] = number > 0 && number < TYPES.length ? TYPES[(int) number] : "type" + number;
                    }
                });
        return new Tensor(element[0], shape);
    }

    private static long dimension(Message dimension) {
        long[] size = {-1};
        dimension.forEach((field, value) -> {}, (field, number) -> {
            if (field == 1) {
                size[0] = number;
            }
        });
        return size[0];
    }

    private static void requireShallow(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("The ONNX file nests graphs deeper than " + DEEPEST + " levels.");
        }
    }

    /// A stretch of the file in wire format.
    private record Message(byte[] bytes, int from, int to) {
        interface Part {
            void accept(int field, Message value);
        }

        interface Number {
            void accept(int field, long value);
        }

        String text() {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }

        void forEach(Part part) {
            forEach(part, (field, number) -> {});
        }

        void forEach(Part part, Number number) {
            int at = from;
            while (at < to) {
                long tag = varint(at);
                at += length(at);
                int field = (int) (tag >>> 3);
                switch ((int) (tag & 7)) {
                    case 0 -> {
                        number.accept(field, varint(at));
                        at += length(at);
                    }
                    case 1 -> at = skip(at, 8);
                    case 2 -> {
                        long size = varint(at);
                        at += length(at);
                        int end = skip(at, size);
                        part.accept(field, new Message(bytes, at, end));
                        at = end;
                    }
                    case 5 -> at = skip(at, 4);
                    default -> throw broken();
                }
            }
        }

        private int skip(int at, long size) {
            if (size < 0 || size > to - at) {
                throw broken();
            }
            return at + (int) size;
        }

        private long varint(int at) {
            long value = 0;
            for (int i = 0; i < 10; i++) {
                if (at + i >= to) {
                    throw broken();
                }
                value |= (long) (bytes[at + i] & 0x7f) << (7 * i);
                if (bytes[at + i] >= 0) {
                    return value;
                }
            }
            throw broken();
        }

        private int length(int at) {
            int length = 1;
            while (bytes[at + length - 1] < 0) {
                length++;
            }
            return length;
        }

        private static IllegalArgumentException broken() {
            return new IllegalArgumentException("The file is no ONNX file, or is damaged.");
        }
    }
}

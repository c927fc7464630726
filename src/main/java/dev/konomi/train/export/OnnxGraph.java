package dev.konomi.train.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes an ONNX graph node by node: opset 17, IR version 10, f32 and int64, weights inside the file.
///
/// Every method that adds something returns the name of its value, to be passed to the next one:
///
/// ```java
/// var graph = new OnnxGraph("score");
/// String features = graph.floatInput("features", "N", 96);
/// String taste = graph.floatInput("taste", 96);
/// graph.output("scores", graph.matMul(features, taste), "N");
/// byte[] bytes = graph.build();
/// ```
///
/// A dimension is a number, or a name for one that is known only at run time. Values are named by a counter, so
/// the same calls give the same bytes. Not for use by several threads at once.
public final class OnnxGraph {
    /// The operator set of every graph; newer ones are not understood by all runtimes in use.
    public static final int OPSET = 17;

    /// The version of the file format.
    public static final int IR_VERSION = 10;

    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
    private static final int INT64 = TensorProto.DataType.INT64_VALUE;
    private static final int BOOL = TensorProto.DataType.BOOL_VALUE;

    private final GraphProto.Builder graph;
    private final Set<String> known = new HashSet<>();
    private final SortedMap<String, String> metadata = new TreeMap<>();
    private int values;

    /// @param name the graph's name, for people who open the file
    public OnnxGraph(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    /// An operator's attribute; see [#node].
    ///
    /// @param name as the operator's specification spells it
    /// @param value a `Long`, `Float`, `String` or `long[]`
    public record Attribute(String name, Object value) {
        /// @return an integer attribute
        public static Attribute of(String name, long value) {
            return new Attribute(name, value);
        }

        /// @return a float attribute
        public static Attribute of(String name, float value) {
            return new Attribute(name, value);
        }

        /// @return a text attribute
        public static Attribute of(String name, String value) {
            return new Attribute(name, value);
        }

        /// @return a list of integers
        public static Attribute ofInts(String name, long... values) {
            return new Attribute(name, values.clone());
        }

        private AttributeProto proto() {
            AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
            return switch (value) {
                case Long number ->
                    proto.setType(AttributeProto.AttributeType.INT).setI(number).build();
                case Float number ->
                    proto.setType(AttributeProto.AttributeType.FLOAT)
                            .setF(number)
                            .build();
                case String text ->
                    proto.setType(AttributeProto.AttributeType.STRING)
                            .setS(ByteString.copyFromUtf8(text))
                            .build();
                case long[] numbers -> {
                    proto.setType(AttributeProto.AttributeType.INTS);
                    for (long number : numbers) {
                        proto.addInts(number);
                    }
                    yield proto.build();
                }
                default ->
                    throw new IllegalArgumentException("Attribute " + name + " has a value of type "
                            + value.getClass().getSimpleName() + "; use a Long, Float, String or long[].");
            };
        }
    }

    // Inputs, outputs and constants

    /// @param name the input's name
    /// @param dimensions numbers, or names of dynamic dimensions
    /// @return `name`
    public String floatInput(String name, Object... dimensions) {
        return input(name, FLOAT, dimensions);
    }

    /// @param name the input's name
    /// @param dimensions numbers, or names of dynamic dimensions
    /// @return `name`
    public String longInput(String name, Object... dimensions) {
        return input(name, INT64, dimensions);
    }

    private String input(String name, int type, Object... dimensions) {
        graph.addInput(valueInfo(name, type, dimensions));
        return declare(name);
    }

    /// Makes a value an f32 output of the graph.
    ///
    /// @param name the output's name
    /// @param value the value it gives
    /// @param dimensions numbers, or names of dynamic dimensions
    public void output(String name, String value, Object... dimensions) {
        output(name, FLOAT, value, dimensions);
    }

    private void output(String name, int type, String value, Object... dimensions) {
        add("Identity", List.of(name), List.of(value));
        graph.addOutput(valueInfo(name, type, dimensions));
    }

    /// @param values row-major
    /// @param shape its product is the number of values; none for a scalar
    /// @return the constant's name
    public String constant(float[] values, long... shape) {
        requireSize(values.length, shape);
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return initializer(FLOAT, raw, shape);
    }

    /// @param values row-major
    /// @param shape its product is the number of values; none for a scalar
    /// @return the constant's name
    public String constant(long[] values, long... shape) {
        requireSize(values.length, shape);
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return initializer(INT64, raw, shape);
    }

    /// @return the name of an f32 scalar
    public String scalar(float value) {
        return constant(new float[] {value});
    }

    /// @return the name of an int64 scalar
    public String integer(long value) {
        return constant(new long[] {value});
    }

    /// @return the name of an int64 vector, as shapes, axes and split sizes are given
    public String integers(long... values) {
        return constant(values, values.length);
    }

    private String initializer(int type, ByteBuffer raw, long... shape) {
        String name = "c" + ++values;
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type).setRawData(ByteString.copyFrom(raw));
        for (long size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
        return declare(name);
    }

    // Any operator

    /// Adds a node with one output: for operators without a method of their own.
    ///
    /// @param operator its name in opset 17
    /// @param inputs values added before; an empty string leaves an optional input out
    /// @return the output's name
    /// @throws IllegalArgumentException when an input is unknown
    public String node(String operator, List<String> inputs, Attribute... attributes) {
        return nodes(operator, 1, inputs, attributes).getFirst();
    }

    /// Adds a node with several outputs.
    ///
    /// @param operator its name in opset 17
    /// @param outputs how many
    /// @param inputs values added before; an empty string leaves an optional input out
    /// @return the outputs' names
    /// @throws IllegalArgumentException when an input is unknown
    public List<String> nodes(String operator, int outputs, List<String> inputs, Attribute... attributes) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            names.add("t" + ++values);
        }
        add(operator, names, inputs, attributes);
        return List.copyOf(names);
    }

    private void add(String operator, List<String> outputs, List<String> inputs, Attribute... attributes) {
        for (String input : inputs) {
            if (!input.isEmpty() && !known.contains(input)) {
                throw new IllegalArgumentException(
                        operator + " reads '" + input + "', which is no input, constant or node of this graph so far.");
            }
        }
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .setName(operator + "_" + outputs.getFirst())
                .addAllInput(inputs)
                .addAllOutput(outputs);
        for (Attribute attribute : attributes) {
            node.addAttribute(attribute.proto());
        }
        graph.addNode(node);
        outputs.forEach(this::declare);
    }

    // Arithmetic, elementwise with broadcasting

    /// @return `a + b`
    public String add(String a, String b) {
        return node("Add", List.of(a, b));
    }

    /// @return `a − b`
    public String sub(String a, String b) {
        return node("Sub", List.of(a, b));
    }

    /// @return `a · b`, elementwise
    public String mul(String a, String b) {
        return node("Mul", List.of(a, b));
    }

    /// @return `factor · a`
    public String mul(String a, float factor) {
        return mul(a, scalar(factor));
    }

    /// @return `a / b`
    public String div(String a, String b) {
        return node("Div", List.of(a, b));
    }

    /// @return `a` to the power of `exponent`
    public String pow(String a, float exponent) {
        return node("Pow", List.of(a, scalar(exponent)));
    }

    /// @return `−a`
    public String neg(String a) {
        return node("Neg", List.of(a));
    }

    /// @return `√a`
    public String sqrt(String a) {
        return node("Sqrt", List.of(a));
    }

    /// @return `eᵃ`
    public String exp(String a) {
        return node("Exp", List.of(a));
    }

    /// @return `ln a`
    public String log(String a) {
        return node("Log", List.of(a));
    }

    /// @return `|a|`
    public String abs(String a) {
        return node("Abs", List.of(a));
    }

    /// @return `max(a, b)`
    public String max(String a, String b) {
        return node("Max", List.of(a, b));
    }

    /// @return `min(a, b)`
    public String min(String a, String b) {
        return node("Min", List.of(a, b));
    }

    /// @return `a` between `low` and `high`
    public String clip(String a, float low, float high) {
        return node("Clip", List.of(a, scalar(low), scalar(high)));
    }

    /// @return sine of `a`
    public String sin(String a) {
        return node("Sin", List.of(a));
    }

    /// @return cosine of `a`
    public String cos(String a) {
        return node("Cos", List.of(a));
    }

    /// @param condition bool
    /// @return `a` where the condition holds, else `b`
    public String where(String condition, String a, String b) {
        return node("Where", List.of(condition, a, b));
    }

    /// @return bool, `a > b`
    public String greater(String a, String b) {
        return node("Greater", List.of(a, b));
    }

    /// @return bool, `a < b`
    public String less(String a, String b) {
        return node("Less", List.of(a, b));
    }

    /// @return bool, `a = b`
    public String equal(String a, String b) {
        return node("Equal", List.of(a, b));
    }

    /// @return `a` as f32
    public String toFloat(String a) {
        return node("Cast", List.of(a), Attribute.of("to", FLOAT));
    }

    // Activations

    /// @return `1 / (1 + e⁻ᵃ)`
    public String sigmoid(String a) {
        return node("Sigmoid", List.of(a));
    }

    /// @return `ln(1 + eᵃ)`
    public String softplus(String a) {
        return node("Softplus", List.of(a));
    }

    /// @return `ln σ(a) = −softplus(−a)`
    public String logSigmoid(String a) {
        return neg(softplus(neg(a)));
    }

    /// @return `tanh a`
    public String tanh(String a) {
        return node("Tanh", List.of(a));
    }

    /// @return `a · σ(a)`
    public String silu(String a) {
        return mul(a, sigmoid(a));
    }

    /// @return `½ a (1 + erf(a/√2))`, the exact form
    public String gelu(String a) {
        String erf = node("Erf", List.of(mul(a, (float) Math.sqrt(0.5))));
        return mul(mul(a, add(erf, scalar(1))), 0.5f);
    }

    /// @return softmax along an axis
    public String softmax(String a, long axis) {
        return node("Softmax", List.of(a), Attribute.of("axis", axis));
    }

    /// @return log of the softmax along an axis
    public String logSoftmax(String a, long axis) {
        return node("LogSoftmax", List.of(a), Attribute.of("axis", axis));
    }

    // Layers

    /// @return matrix product, batched over leading dimensions with broadcasting
    public String matMul(String a, String b) {
        return node("MatMul", List.of(a, b));
    }

    /// A linear layer with a weight as libtorch keeps it; it is transposed here, once.
    ///
    /// @param x `[…, in]`
    /// @param weight `[out, in]`, row-major
    /// @param out the number of outputs
    /// @param bias `[out]`, or null for none
    /// @return `[…, out]`
    public String linear(String x, float[] weight, int out, float @Nullable [] bias) {
        if (out <= 0 || weight.length % out != 0) {
            throw new IllegalArgumentException(
                    "A weight of " + weight.length + " values cannot be divided into " + out + " outputs.");
        }
        int in = weight.length / out;
        String product = matMul(x, constant(transposed(weight, out, in), in, out));
        return bias == null ? product : add(product, constant(bias, out));
    }

    /// @param rows the number of rows of `matrix`
    /// @param columns the number of its columns
    /// @return `[columns, rows]`
    public static float[] transposed(float[] matrix, int rows, int columns) {
        requireSize(matrix.length, rows, columns);
        float[] result = new float[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = matrix[row * columns + column];
            }
        }
        return result;
    }

    /// @param x `[…, d]`
    /// @param weight `[d]`
    /// @param bias `[d]`
    /// @return `x` normalised over its last axis (Ba et al., arXiv 1607.06450)
    public String layerNorm(String x, float[] weight, float[] bias, float epsilon) {
        return node(
                "LayerNormalization",
                List.of(x, constant(weight, weight.length), constant(bias, bias.length)),
                Attribute.of("axis", -1),
                Attribute.of("epsilon", epsilon));
    }

    /// Composed of elementary operators in the order that ONNX Runtime recognises and fuses.
    ///
    /// @param x `[…, d]`
    /// @param weight `[d]`
    /// @return `x / √(mean(x²) + ε) · weight` over the last axis (Zhang and Sennrich, arXiv 1910.07467)
    public String rmsNorm(String x, float[] weight, float epsilon) {
        String meanSquare = reduceMean(pow(x, 2), true, -1);
        String normal = div(x, sqrt(add(meanSquare, scalar(epsilon))));
        return mul(normal, constant(weight, weight.length));
    }

    /// A convolution over images.
    ///
    /// @param x `[B, C, H, W]`
    /// @param weight `[out, C/groups, k, k]`, row-major, as libtorch keeps it
    /// @param shape of the weight
    /// @param bias `[out]`, or null for none
    /// @param stride the same for both axes
    /// @param padding the same on all four sides
    /// @param groups 1, or C for a depthwise convolution
    /// @return `[B, out, H', W']`
    public String conv(
            String x, float[] weight, long[] shape, float @Nullable [] bias, int stride, int padding, int groups) {
        if (shape.length != 4) {
            throw new IllegalArgumentException("A convolution's weight has 4 dimensions, got " + Arrays.toString(shape)
                    + "; give [out, in/groups, height, width].");
        }
        List<String> inputs = new ArrayList<>(List.of(x, constant(weight, shape)));
        if (bias != null) {
            inputs.add(constant(bias, bias.length));
        }
        return node(
                "Conv",
                inputs,
                Attribute.ofInts("kernel_shape", shape[2], shape[3]),
                Attribute.ofInts("strides", stride, stride),
                Attribute.ofInts("pads", padding, padding, padding, padding),
                Attribute.of("group", groups));
    }

    // Shapes

    /// @param shape sizes; -1 takes what is left, 0 keeps the input's size
    /// @return `a` with another shape
    public String reshape(String a, long... shape) {
        return reshape(a, integers(shape));
    }

    /// @param shape an int64 vector computed by the graph
    /// @return `a` with another shape
    public String reshape(String a, String shape) {
        return node("Reshape", List.of(a, shape));
    }

    /// @param axes the order of the input's axes in the output
    /// @return `a` with its axes reordered
    public String transpose(String a, long... axes) {
        return node("Transpose", List.of(a), Attribute.ofInts("perm", axes));
    }

    /// @return the shape of `a`, int64 `[rank]`
    public String shape(String a) {
        return node("Shape", List.of(a));
    }

    /// @return the size of one axis of `a`, int64 `[1]`
    public String size(String a, long axis) {
        return node("Shape", List.of(a), Attribute.of("start", axis), Attribute.of("end", axis + 1));
    }

    /// @return `a` with axes of size 1 put in
    public String unsqueeze(String a, long... axes) {
        return node("Unsqueeze", List.of(a, integers(axes)));
    }

    /// @return `a` with axes of size 1 removed
    public String squeeze(String a, long... axes) {
        return node("Squeeze", List.of(a, integers(axes)));
    }

    /// @param shape an int64 vector, from [#integers] or computed by the graph
    /// @return `a` repeated to a shape
    public String expand(String a, String shape) {
        return node("Expand", List.of(a, shape));
    }

    /// @return the values one after another along an axis
    public String concat(long axis, String... inputs) {
        return node("Concat", List.of(inputs), Attribute.of("axis", axis));
    }

    /// @param sizes what each part takes of the axis
    /// @return the parts' names
    public List<String> split(String a, long axis, long... sizes) {
        return nodes("Split", sizes.length, List.of(a, integers(sizes)), Attribute.of("axis", axis));
    }

    /// @param from the first index
    /// @param to the index after the last; `Long.MAX_VALUE` for the end, negative counts from the end
    /// @return that part of `a`
    public String slice(String a, long axis, long from, long to) {
        return slice(a, axis, integers(from), integers(to));
    }

    /// @param from int64 `[1]`
    /// @param to int64 `[1]`
    /// @return the part of `a` between two computed indices
    public String slice(String a, long axis, String from, String to) {
        return node("Slice", List.of(a, from, to, integers(axis)));
    }

    /// @param indices int64, any shape
    /// @return rows of `a` along an axis; its size is replaced by the indices' shape
    public String gather(String a, String indices, long axis) {
        return node("Gather", List.of(a, indices), Attribute.of("axis", axis));
    }

    // Reductions

    /// @param keep whether reduced axes stay with size 1
    /// @return sum over axes
    public String reduceSum(String a, boolean keep, long... axes) {
        return node("ReduceSum", List.of(a, integers(axes)), Attribute.of("keepdims", keep ? 1 : 0));
    }

    /// @param keep whether reduced axes stay with size 1
    /// @return mean over axes
    public String reduceMean(String a, boolean keep, long... axes) {
        return reduced("ReduceMean", a, keep, axes);
    }

    /// @param keep whether reduced axes stay with size 1
    /// @return `log Σ exp` over axes
    public String reduceLogSumExp(String a, boolean keep, long... axes) {
        return reduced("ReduceLogSumExp", a, keep, axes);
    }

    private String reduced(String operator, String a, boolean keep, long... axes) {
        return node(operator, List.of(a), Attribute.ofInts("axes", axes), Attribute.of("keepdims", keep ? 1 : 0));
    }

    /// @return running sums along an axis
    public String cumSum(String a, long axis) {
        return node("CumSum", List.of(a, integer(axis)));
    }

    /// @return two values: the k largest along an axis, and their int64 indices
    public List<String> topK(String a, long k, long axis) {
        return nodes("TopK", 2, List.of(a, integers(k)), Attribute.of("axis", axis));
    }

    // The file

    /// Writes a remark into the file that its reader needs beside shapes; ONNX Runtime gives it back.
    ///
    /// @param key what it is about
    /// @param value what is said
    public void metadata(String key, String value) {
        metadata.put(key, value);
    }

    /// @return the model file's bytes; the same for the same calls
    /// @throws IllegalStateException without any output
    public byte[] build() {
        if (graph.getOutputCount() == 0) {
            throw new IllegalStateException("Graph '" + graph.getName() + "' has no output: call output(…) first.");
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("konomi")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph);
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private String declare(String name) {
        if (!known.add(name)) {
            throw new IllegalArgumentException("The name '" + name + "' is taken in this graph; choose another one.");
        }
        return name;
    }

    private static ValueInfoProto valueInfo(String name, int type, Object... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            TensorShapeProto.Dimension.Builder one = TensorShapeProto.Dimension.newBuilder();
            switch (dimension) {
                case Number size -> one.setDimValue(size.longValue());
                case String symbol -> one.setDimParam(symbol);
                default ->
                    throw new IllegalArgumentException("Dimension " + dimension + " of '" + name
                            + "' is neither a number nor the name of a dynamic dimension.");
            }
            shape.addDim(one);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
                .build();
    }

    private static void requireSize(int values, long... shape) {
        long product = 1;
        for (long size : shape) {
            product *= size;
        }
        if (product != values) {
            throw new IllegalArgumentException(values + " values do not fill the shape " + Arrays.toString(shape)
                    + ", which takes " + product + ".");
        }
    }
}

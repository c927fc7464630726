package dev.konomi.train.stage;

import static org.bytedeco.pytorch.global.torch.clip_grad_norm_;

import dev.konomi.train.network.Parameters.Parameter;
import dev.konomi.train.network.Parameters.Part;
import dev.konomi.train.network.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// AdamW (Loshchilov and Hutter, arXiv 1711.05101) with a rate for each part of the network, and a running average of
/// the weights. Its whole state can be saved, which libtorch's own offers for files only.
final class Adam {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    /// @param rate learning rate at its height
    /// @param decay decoupled weight decay
    record Rate(double rate, double decay) {}

    /// @param average of the weights; where none is kept, the weights at the start
    private record Slot(Parameter parameter, Rate rate, Tensor first, Tensor second, Tensor average) {}

    private final List<Slot> slots = new ArrayList<>();

    /// @param parameters a network's parameters
    /// @param rates parts that are trained; all others stay frozen
    Adam(List<Parameter> parameters, Map<Part, Rate> rates) {
        try (var guard = new NoGradGuard()) {
            for (Parameter parameter : parameters) {
                Rate rate = rates.get(parameter.part());
                if (parameter.part() == Part.FIXED) {
                    continue;
                }
                // Gradients of what is frozen would cost as much as those that are used.
                parameter.tensor().set_requires_grad(rate != null);
                if (rate != null) {
                    Tensor tensor = parameter.tensor().detach();
                    slots.add(new Slot(
                            parameter, rate, torch.zeros_like(tensor), torch.zeros_like(tensor), tensor.clone()));
                }
            }
        }
    }

    /// Forgets the gradients; what the next loss does not depend on has none.
    void zeroGradients() {
        for (Slot slot : slots) {
            slot.parameter().tensor().mutable_grad().reset();
        }
    }

    /// One step along the gradients.
    ///
    /// @param step from 0
    /// @param factor the schedule's factor to all rates
    /// @param longest norm that gradients are clipped to
    /// @param averaging share of the old average that is kept; 0 where no average is used
    void step(int step, double factor, double longest, double averaging) {
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            clip_grad_norm_(moved(), longest);
            double bias1 = 1 - Math.pow(BETA_1, step + 1);
            double bias2 = Math.sqrt(1 - Math.pow(BETA_2, step + 1));
            Scalar forgotten1 = Tensors.scalar(1 - BETA_1);
            Scalar kept2 = Tensors.scalar(BETA_2);
            Scalar forgotten2 = Tensors.scalar(1 - BETA_2);
            // √(v̂) + ε = (√v + ε b₂) / b₂: one pass less.
            Scalar epsilon = Tensors.scalar(EPSILON * bias2);
            for (Slot slot : slots) {
                Tensor tensor = slot.parameter().tensor();
                Tensor gradient = tensor.grad();
                if (!gradient.defined()) {
                    continue;
                }
                double rate = slot.rate().rate() * factor;
                slot.first().lerp_(gradient, forgotten1);
                slot.second().mul_(kept2).addcmul_(gradient, gradient, forgotten2);
                if (slot.rate().decay() > 0) {
                    tensor.mul_(Tensors.scalar(1 - rate * slot.rate().decay()));
                }
                tensor.addcdiv_(
                        slot.first(), slot.second().sqrt().add_(epsilon), Tensors.scalar(-rate * bias2 / bias1));
                if (averaging > 0) {
                    slot.average().lerp_(tensor, Tensors.scalar(1 - averaging));
                }
            }
        }
    }

    /// @return the gradients of all that the loss depends on, to be changed in place
    List<Tensor> gradients() {
        return slots.stream()
                .map(slot -> slot.parameter().tensor().grad())
                .filter(Tensor::defined)
                .toList();
    }

    /// @return parameters that the loss depends on
    private TensorVector moved() {
        TensorVector moved = new TensorVector();
        for (Slot slot : slots) {
            if (slot.parameter().tensor().grad().defined()) {
                moved.push_back(slot.parameter().tensor());
            }
        }
        return moved;
    }

    /// Puts the averaged weights in the network.
    void useAverage() {
        try (var guard = new NoGradGuard()) {
            slots.forEach(slot -> slot.parameter().tensor().copy_(slot.average()));
        }
    }

    /// @return everything but the weights themselves, by name
    Map<String, float[]> state() {
        Map<String, float[]> state = new LinkedHashMap<>();
        for (Slot slot : slots) {
            String name = slot.parameter().name();
            state.put("first." + name, Tensors.floats(slot.first()));
            state.put("second." + name, Tensors.floats(slot.second()));
            state.put("average." + name, Tensors.floats(slot.average()));
        }
        return state;
    }

    /// @param state what [#state] gave
    void restore(Map<String, float[]> state) {
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            for (Slot slot : slots) {
                String name = slot.parameter().name();
                put(slot.first(), state.get("first." + name), name);
                put(slot.second(), state.get("second." + name), name);
                put(slot.average(), state.get("average." + name), name);
            }
        }
    }

    private static void put(Tensor tensor, float @org.jspecify.annotations.Nullable [] values, String name) {
        if (values == null) {
            throw new IllegalArgumentException("The checkpoint has no optimizer state for " + name + ".");
        }
        tensor.copy_(Tensors.of(values, tensor.shape()));
    }
}

package dev.konomi.train.stage;

import dev.konomi.train.network.Parameters.Parameter;
import dev.konomi.train.network.Parameters.Part;
import dev.konomi.train.network.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
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

    void zeroGradients() {
        for (Slot slot : slots) {
            Tensor gradient = slot.parameter().tensor().mutable_grad();
            if (gradient.defined()) {
                gradient.zero_();
            }
        }
    }

    /// One step along the gradients.
    ///
    /// @param step from 0
    /// @param factor the schedule's factor to all rates
    /// @param longest norm that gradients are clipped to
    /// @param averaging share of the old average that is kept
    void step(int step, double factor, double longest, double averaging) {
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            double clip = clip(longest);
            double bias1 = 1 - Math.pow(BETA_1, step + 1);
            double bias2 = Math.sqrt(1 - Math.pow(BETA_2, step + 1));
            for (Slot slot : slots) {
                Tensor tensor = slot.parameter().tensor();
                Tensor gradient = tensor.grad();
                if (!gradient.defined()) {
                    continue;
                }
                double rate = slot.rate().rate() * factor;
                gradient = gradient.mul(Tensors.scalar(clip));
                slot.first().lerp_(gradient, Tensors.scalar(1 - BETA_1));
                slot.second().mul_(Tensors.scalar(BETA_2)).addcmul_(gradient, gradient, Tensors.scalar(1 - BETA_2));
                Tensor scale = slot.second().sqrt().div(Tensors.scalar(bias2)).add(Tensors.scalar(EPSILON));
                if (slot.rate().decay() > 0) {
                    tensor.mul_(Tensors.scalar(1 - rate * slot.rate().decay()));
                }
                tensor.addcdiv_(slot.first(), scale, Tensors.scalar(-rate / bias1));
                slot.average().lerp_(tensor, Tensors.scalar(1 - averaging));
            }
        }
    }

    private double clip(double longest) {
        Tensor squares = torch.zeros(1);
        for (Slot slot : slots) {
            Tensor gradient = slot.parameter().tensor().grad();
            if (gradient.defined()) {
                squares = squares.add(gradient.square().sum().cpu());
            }
        }
        double norm = Math.sqrt(squares.item_float());
        return norm > longest ? longest / norm : 1;
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

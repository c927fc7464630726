package dev.konomi.train.network;

import dev.konomi.train.network.Parameters.Part;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Tastes change as a Poisson process of rate `λ`: nobody knows when, and long pauses let it happen. Without time, all
/// observations at the same moment, no taste ever changes.
final class Change {
    /// A day's share that counts as a pause: logarithms stay finite.
    static final double SHORTEST = 1e-9;

    private final Tensor rate;

    /// @param span days between a typical person's first and last observation: at first one in twenty changes in them
    Change(Parameters parameters, double span) {
        rate = parameters.addFilled("change", Part.OWN, Math.log(0.05 / Math.max(span, 1e-3)), 1);
    }

    /// @return `exp(−λ · age)`: the probability that nothing changed since, `[B, Q, n]`
    Tensor survival(Evidence history) {
        return history.age().mul(rate.exp().neg()).exp();
    }

    /// Of at most one change, the odds that it came in the pause before an observation against that there was none:
    /// `λ` times the pause. The first observation stands for none.
    ///
    /// @return logarithms, `[B, Q, n]`
    Tensor odds(Evidence history) {
        Tensor age = history.age();
        long later = age.size(2) - 1;
        Tensor none = age.new_zeros(age.size(0), age.size(1), 1);
        Tensor pause = age.narrow(2, 0, later).sub(age.narrow(2, 1, later));
        Tensor odds = pause.clamp_min(Tensors.scalar(SHORTEST)).log().add(rate);
        return torch.cat(new TensorVector(none, odds), 2);
    }
}

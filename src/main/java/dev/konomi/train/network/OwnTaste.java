package dev.konomi.train.network;

import dev.konomi.train.network.Parameters.Part;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// What no token explains: the mode of the person's own deviation after a few unrolled steps,
/// `h ← ρ_j h + η_j ∘ Σ_i ω_i σ(−κ s_i) d_i`, `h = 0` at first, with learned step sizes.
///
/// A posterior mode with next to no parameters to overfit; with as many people as one likes, a decoder does more.
public final class OwnTaste {
    private final List<Tensor> steps = new ArrayList<>();
    private final List<Tensor> decays = new ArrayList<>();
    private final Tensor evidence;

    OwnTaste(Parameters parameters, NetworkSettings settings) {
        for (int step = 0; step < settings.mapSteps(); step++) {
            // log η and the logit of ρ; the interactions are those of groups: a person's own share is next to nothing
            float[] logarithms = new float[settings.width()];
            java.util.Arrays.fill(logarithms, 0, settings.dimension(), -3.5f);
            java.util.Arrays.fill(logarithms, settings.dimension(), logarithms.length, -9);
            steps.add(parameters.add("own.step." + step, Part.OWN, logarithms, settings.width()));
            decays.add(parameters.addFilled("own.decay." + step, Part.OWN, 1, 1));
        }
        evidence = parameters.addFilled("own.evidence", Part.OWN, 0, 2);
    }

    /// @param weight `ω`, `[B, Q, n]`
    /// @param baseline `β_i + Σ_m a_m p_m·d_i`, `[B, Q, n]`: what the rest of the model makes of the history
    /// @return `h_own`, `[B, Q, G]`
    Tensor infer(Evidence history, Tensor weight, Tensor baseline) {
        Tensor difference = history.difference();
        Tensor scale = BayesActivation.scale(evidence, history.opinion()).unsqueeze(1);
        Tensor own = baseline.new_zeros(baseline.size(0), baseline.size(1), difference.size(2));
        for (int step = 0; step < steps.size(); step++) {
            Tensor score = step == 0 ? baseline : baseline.add(own.matmul(difference.transpose(1, 2)));
            Tensor surprise = weight.mul(score.mul(scale).neg().sigmoid());
            Tensor gradient = surprise.matmul(difference).mul(steps.get(step).exp());
            own = step == 0 ? gradient : own.mul(decays.get(step).sigmoid()).add(gradient);
        }
        return own;
    }
}

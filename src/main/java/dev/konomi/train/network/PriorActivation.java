package dev.konomi.train.network;

import dev.konomi.train.network.Parameters.Part;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Everybody has the mixture of all people, whatever their history says: `a = π`. What selecting tokens is worth shows
/// beside it.
final class PriorActivation implements Activation {
    private final Tensor prior;
    private final Change change;

    PriorActivation(Parameters parameters, int tokens, Change change) {
        this.change = change;
        prior = parameters.addFilled("tokens.prior", Part.TOKENS, 0, tokens);
    }

    @Override
    public Activated activate(Evidence history, Tensor explained) {
        long people = history.weight().size(0);
        long prefixes = history.weight().size(1);
        return new Activated(
                torch.softmax(prior, -1).expand(people, prefixes, prior.size(0)),
                history.weight().mul(change.survival(history)));
    }
}

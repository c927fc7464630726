package dev.konomi.taste;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import java.util.List;

/// A release's model: `s(u,z) = h_u·g(z) + b(z) + o_z` (late head). Safe for use by many threads at once.
public interface TasteModel extends AutoCloseable {
    /// @param encodings N items, in any mix of present and missing modalities
    /// @return their features and appeal under this release
    ItemVectors items(List<Encoding> encodings);

    /// @param items vectors that the observations' indices point into, with their offsets
    ///     ([ItemVectors#with])
    /// @param history oldest first; may be empty (the tokens' prior answers)
    /// @return the person's taste
    Taste taste(ItemVectors items, List<Observation> history);

    /// The taste once for each set of weights, in one batch: leave-one-out explanations ask for this.
    ///
    /// @param items vectors that the observations' indices point into
    /// @param history n observations, oldest first
    /// @param kept `[B][n]`: 1 keeps an observation, 0 removes it
    /// @return B tastes
    List<Taste> tastes(ItemVectors items, List<Observation> history, float[][] kept);

    /// @param taste a person's taste
    /// @param candidates N items
    /// @param offsets `o_z`, `[N]`
    /// @return `s`, `[N]`
    float[] scores(Taste taste, ItemVectors candidates, float[] offsets);

    /// @return the tokens' taste vectors `p_m`, `[M, G]`: exact explanations need them
    float[][] tokens();

    /// @return mean encoding of the catalogue that the release learned from
    Encoding mean();

    @Override
    void close();
}

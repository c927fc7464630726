package dev.konomi.train.evaluate;

/// Two items of which a person is asked to prefer one.
///
/// @param first item index
/// @param second item index
/// @param probability that the person prefers `first`: the simulator's, or 1 where a real person did
public record Target(int first, int second, double probability) {
    public Target {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("A target's probability lies between 0 and 1, got " + probability + ".");
        }
    }
}

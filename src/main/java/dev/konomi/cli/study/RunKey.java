package dev.konomi.cli.study;

/// Which training.
///
/// @param variant what is trained
/// @param people how many are learned from
/// @param seed of the world and of the training
record RunKey(Variant variant, int people, long seed) {
    /// @return e.g. `without-tokens-4000-6001`
    String name() {
        return variant.id() + "-" + people + "-" + seed;
    }
}

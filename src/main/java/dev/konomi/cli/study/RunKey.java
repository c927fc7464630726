package dev.konomi.cli.study;

/// Which training.
///
/// @param variant what is trained
/// @param people how many are learned from
/// @param world that they live in; its seed is the training's as well
record RunKey(Variant variant, int people, WorldKey world) {
    /// @return e.g. `without-tokens-4000-6001`
    String name() {
        return variant.id() + "-" + people + "-" + world.name();
    }
}

package dev.konomi.cli.study;

/// Which world.
///
/// @param seed of its segments and pictures
/// @param society what segments and people are drawn from
record WorldKey(long seed, Society society) {
    /// @return e.g. `6001` or `6001-sharp`
    String name() {
        return seed + society.suffix();
    }
}

package dev.konomi.cli.study;

/// How a model that was trained in a world follows changes of taste there.
///
/// @param key which training
/// @param fingerprint of its recipe; see [Recipes]
/// @param konomi from histories as they are
/// @param withoutTime the same model from the same histories, all of whose events are told to be of one moment
/// @param idealObserver who knows the world and how many people change at some time, but not who and when
record DriftRun(RunKey key, String fingerprint, Recovery konomi, Recovery withoutTime, Recovery idealObserver) {
    /// People that a world's model learned from when it is asked about changes.
    static final int LEARNED_FROM = 4_000;

    DriftRun {
        if (konomi.people() != withoutTime.people() || konomi.people() != idealObserver.people()) {
            throw new IllegalArgumentException("Changes of taste of " + konomi.people() + ", " + withoutTime.people()
                    + " and " + idealObserver.people() + " people: they must be the same people.");
        }
    }

    /// @return whether a training is asked about changes of taste: the full recipe, from so many people
    static boolean isAskedOf(RunKey key) {
        return key.variant() == Variant.FULL && key.people() == LEARNED_FROM;
    }
}

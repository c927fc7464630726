package dev.konomi.gallery;

import java.util.SplittableRandom;

/// Independent streams of random numbers from one seed, the same on every run.
final class Seed {
    private Seed() {}

    /// A well mixed seed for one `purpose` and one `number` within it (the finalizer of SplitMix64, thrice).
    static long mix(long seed, String purpose, long number) {
        return mix(mix(mix(seed) ^ purpose.hashCode()) + number);
    }

    static SplittableRandom random(long seed, String purpose, long number) {
        return new SplittableRandom(mix(seed, purpose, number));
    }

    static SplittableRandom random(long seed, String purpose) {
        return random(seed, purpose, 0);
    }

    static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}

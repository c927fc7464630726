package dev.konomi.train.stage;

import java.util.SplittableRandom;

/// All randomness of training by seed, purpose and step. A step's draws depend on nothing that came before it, so
/// training that was interrupted goes on exactly as if it had not been.
///
/// @param initial of the parameters
/// @param split which people are kept for validation
/// @param draws people, order and noise in training
public record Seeds(long initial, long split, long draws) {
    /// @return three seeds from one
    public static Seeds of(long seed) {
        return new Seeds(mix(seed, 1), mix(seed, 2), mix(seed, 3));
    }

    /// @param purpose a part of training, e.g. `token-fit`
    /// @return the random numbers of one step
    SplittableRandom step(String purpose, int step) {
        return new SplittableRandom(mix(draws ^ purpose.hashCode(), step));
    }

    /// The finaliser of SplitMix64 (Steele et al., OOPSLA 2014).
    private static long mix(long seed, long value) {
        long z = seed + 0x9E3779B97F4A7C15L * (value + 1);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

package dev.konomi.cli.study;

import java.util.function.LongSupplier;

/// Time for as many runs as will be finished by its end.
final class Sitting {
    private final double seconds;
    private final LongSupplier nanoTime;
    private final long started;
    private double longest;

    /// @param seconds from now to its end; with none nothing is begun
    Sitting(double seconds, LongSupplier nanoTime) {
        this.seconds = seconds;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
    }

    /// @return seconds to its end, 0 after it
    double left() {
        return Math.max(0, seconds - elapsed());
    }

    /// @return whether a run that takes as long as the longest so far will be finished by the
    ///     end; the first is always begun while there is any time
    boolean hasTimeForOneMore() {
        double before = elapsed();
        return before + longest <= seconds && before < seconds;
    }

    private double elapsed() {
        return (nanoTime.getAsLong() - started) / 1e9;
    }

    /// @param run seconds that a run took
    void tookAsLongAs(double run) {
        longest = Math.max(longest, run);
    }
}

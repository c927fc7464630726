package dev.konomi.cli.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

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

    /// Makes runs one by one. None is begun that would, taking as long as the longest so far, end later than the
    /// sitting; the first is always begun while there is any time.
    ///
    /// @param keys in the order in which runs are made
    /// @param make makes the run of a key, and keeps it
    /// @param took seconds that a run says it took, without what the first one in a world prepares for the others
    /// @return what was made
    <K, R> List<R> make(List<K> keys, Function<K, R> make, ToDoubleFunction<R> took) {
        List<R> made = new ArrayList<>();
        for (K key : keys) {
            if (!hasTimeForOneMore()) {
                break;
            }
            R run = make.apply(key);
            made.add(run);
            longest = Math.max(longest, took.applyAsDouble(run));
        }
        return made;
    }

    private boolean hasTimeForOneMore() {
        double before = elapsed();
        return before + longest <= seconds && before < seconds;
    }

    private double elapsed() {
        return (nanoTime.getAsLong() - started) / 1e9;
    }
}

package dev.konomi.taste;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was read of people's histories, bounded by memory: those asked for longest ago go first.
/// Safe for use by many threads.
final class SequenceCache {
    /// Keys and values, `[L, 2, H_kv, P, d_h]`.
    ///
    /// @param values outside the heap, never written again
    /// @param length P
    record Past(FloatBuffer values, int length) {
        long bytes() {
            return 4L * values.capacity();
        }
    }

    /// What is kept of a person.
    ///
    /// @param stable what the decoder read so far that a new event only appends to, `[positions,
    ///     d]`
    /// @param past of `stable`
    /// @param tail positions behind it that are read anew when they change (preference tokens as
    ///     suffix), `[k, d]`
    /// @param ready past of `stable` and `tail`, on which candidates are scored
    record State(float[] stable, Past past, float[] tail, Past ready) {
        long bytes() {
            long shared = past == ready ? 0 : ready.bytes();
            return 4L * (stable.length + tail.length) + past.bytes() + shared;
        }
    }

    private final long most;
    private final Map<Long, State> states = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /// @param most bytes to keep; a state larger than that is not kept at all
    SequenceCache(long most) {
        this.most = most;
    }

    synchronized @Nullable State get(long person) {
        return states.get(person);
    }

    synchronized void put(long person, State state) {
        forget(person);
        bytes += state.bytes();
        states.put(person, state);
        var eldest = states.entrySet().iterator();
        while (bytes > most && eldest.hasNext()) {
            bytes -= eldest.next().getValue().bytes();
            eldest.remove();
        }
    }

    synchronized void forget(long person) {
        State old = states.remove(person);
        if (old != null) {
            bytes -= old.bytes();
        }
    }

    synchronized int size() {
        return states.size();
    }

    synchronized long bytes() {
        return bytes;
    }
}

package dev.konomi.taste;

import dev.konomi.history.History;
import dev.konomi.history.Observation;
import dev.konomi.release.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A taste that was computed once, with everything it was made of. It answers for that and nothing
/// else, so it cannot be stale: a late, withdrawn or corrected event gives another fingerprint.
///
/// @param release digest of the release
/// @param history [#fingerprint] of the history that was used
/// @param taste what the release made of it
record TasteState(String release, String history, Taste taste) {
    /// To be raised when a model is given a history in another way than before.
    private static final byte VERSION = 1;

    private static final int OBSERVATION_BYTES = 1 + 4 + 4 + 4 + 8;

    /// @param digest of the release that is asked
    /// @param now what is known of the person now
    /// @return what the release makes of it, or empty when that must be computed anew
    Optional<Known> of(String digest, History now) {
        return release.equals(digest) && history.equals(fingerprint(now))
                ? Optional.of(new Known(now, taste))
                : Optional.empty();
    }

    /// @param history any
    /// @return SHA-256 over all that a taste depends on: observations in their order, with weights
    ///     and times, and the items' content digests
    static String fingerprint(History history) {
        int items = history.items().stream().mapToInt(String::length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(
                5 + OBSERVATION_BYTES * history.observations().size() + items);
        bytes.put(VERSION).putInt(history.observations().size());
        for (Observation observation : history.observations()) {
            switch (observation) {
                case Observation.Choice(int chosen, int rejected, float weight, long at) ->
                    put(bytes, 0, chosen, rejected, weight, at);
                case Observation.Opinion(int item, boolean liked, float weight, long at) ->
                    put(bytes, liked ? 1 : 2, item, item, weight, at);
            }
        }
        history.items().forEach(item -> bytes.put(item.getBytes(StandardCharsets.US_ASCII)));
        return Sha256.of(bytes.array());
    }

    private static void put(ByteBuffer bytes, int kind, int first, int second, float weight, long at) {
        bytes.put((byte) kind).putInt(first).putInt(second).putFloat(weight).putLong(at);
    }
}

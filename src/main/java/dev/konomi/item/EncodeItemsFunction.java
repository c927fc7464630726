package dev.konomi.item;

import dev.konomi.door.Answer;
import dev.konomi.door.Call;
import dev.konomi.door.Caller;
import dev.konomi.door.Contract;
import dev.konomi.door.Door;
import dev.konomi.door.Outcome;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `encode-items`: fills the cache of encodings; called by a queue, or by whoever put items.
public class EncodeItemsFunction {
    private final Door door;
    private final Items items;
    private final Encodings encodings;

    EncodeItemsFunction(Door door, Items items, Encodings encodings) {
        this.door = door;
        this.items = items;
        this.encodings = encodings;
    }

    /// @param call payloads of [EncodeItems]
    /// @return what came of it, see [EncodeItems.Encoded]
    @Funq("encode-items")
    @Contract(does = "Fills the cache of encodings.", takes = EncodeItems.class, gives = EncodeItems.Encoded.class)
    public Uni<Answer> encodeItems(Call call) {
        return door.answer(
                call,
                EncodeItems.class,
                (caller, request) -> Uni.createFrom().item(() -> Outcome.of(encode(caller, request))));
    }

    private EncodeItems.Encoded encode(Caller caller, EncodeItems request) {
        List<String> keys = request.keys();
        List<String> digests = request.digests();
        if (keys != null) {
            Map<String, String> known =
                    items.digests(caller.tenant(), keys).await().indefinitely();
            List<String> unknown =
                    keys.stream().filter(key -> !known.containsKey(key)).toList();
            return encode(caller.tenant(), new LinkedHashSet<>(known.values()), unknown);
        }
        return digests == null
                ? encodeMissing(caller.tenant())
                : encode(caller.tenant(), new LinkedHashSet<>(digests), List.of());
    }

    private EncodeItems.Encoded encode(String tenant, Set<String> digests, List<String> unknownKeys) {
        Set<String> kept = encodings
                .kept(tenant, encodings.encoder(), digests)
                .await()
                .indefinitely()
                .keySet();
        List<String> missing =
                digests.stream().filter(digest -> !kept.contains(digest)).toList();
        Encodings.Encoded encoded = encodings.encode(tenant, missing);
        List<String> unknown = new ArrayList<>(unknownKeys);
        unknown.addAll(encoded.unknown());
        return new EncodeItems.Encoded(
                encodings.encoder(),
                encoded.encodings().size(),
                kept.size(),
                unknown,
                refused(encoded.refused()),
                false);
    }

    /// Goes past items that cannot be encoded, so that they never stand in the others' way.
    private EncodeItems.Encoded encodeMissing(String tenant) {
        Map<String, String> refused = new LinkedHashMap<>();
        String after = "";
        int encoded = 0;
        while (encoded < EncodeItems.MOST_ITEMS) {
            List<String> missing = encodings
                    .missing(tenant, after, EncodeItems.MOST_ITEMS - encoded)
                    .await()
                    .indefinitely();
            if (missing.isEmpty()) {
                return new EncodeItems.Encoded(encodings.encoder(), encoded, 0, List.of(), refused(refused), false);
            }
            Encodings.Encoded part = encodings.encode(tenant, missing);
            encoded += part.encodings().size();
            refused.putAll(part.refused());
            after = missing.getLast();
        }
        boolean more =
                !encodings.missing(tenant, after, 1).await().indefinitely().isEmpty();
        return new EncodeItems.Encoded(encodings.encoder(), encoded, 0, List.of(), refused(refused), more);
    }

    private static List<EncodeItems.Refused> refused(Map<String, String> reasons) {
        return reasons.entrySet().stream()
                .map(entry -> new EncodeItems.Refused(entry.getKey(), entry.getValue()))
                .toList();
    }
}

package dev.konomi.item;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.door.Binding;
import dev.konomi.door.Caller;
import dev.konomi.door.Door;
import dev.konomi.door.Outcome;
import dev.konomi.door.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What stands under the apps' keys: puts and removes items. Loads no model.
@ApplicationScoped
public class Catalogue {
    private final Items items;
    private final Thumbnails thumbnails;
    private final Door door;

    Catalogue(Items items, Thumbnails thumbnails, Door door) {
        this.items = items;
        this.thumbnails = thumbnails;
        this.door = door;
    }

    /// Puts items: images are checked, contents stored, keys revised.
    ///
    /// @param caller whose items
    /// @param request the items
    /// @return what became of each
    Uni<Outcome<PutItems.Results>> put(Caller caller, PutItems request) {
        int n = request.items().size();
        PutItems.@Nullable Result[] results = new PutItems.Result[n];
        Map<String, Integer> places = new LinkedHashMap<>();
        Map<String, String> digests = new LinkedHashMap<>();
        Map<String, ItemContent> contents = new HashMap<>();
        for (int i = 0; i < n; i++) {
            JsonNode node = request.items().get(i);
            switch (door.isCallers(node)
                    ? Binding.bind(node, PutItems.Entry.class)
                    : Outcome.<PutItems.Entry>refused(Problem.wrongTenant("tenant"))) {
                case Outcome.Refused<PutItems.Entry>(Problem problem) ->
                    results[i] = PutItems.Result.refused(key(node), problem.detail(), field(i, problem));
                case Outcome.Answered<PutItems.Entry>(PutItems.Entry entry) -> {
                    if (places.putIfAbsent(entry.key(), i) != null) {
                        results[i] = PutItems.Result.refused(
                                entry.key(),
                                "The key \"" + entry.key() + "\" stands twice in this call: send it once.",
                                "items[" + i + "].key");
                        continue;
                    }
                    ItemContent content = entry.content();
                    String refusal = refusal(content.image());
                    if (refusal != null) {
                        results[i] = PutItems.Result.refused(entry.key(), refusal, "items[" + i + "].image");
                        continue;
                    }
                    String digest = ContentDigest.of(content);
                    digests.put(entry.key(), digest);
                    contents.put(digest, content);
                }
            }
        }
        return items.store(caller.tenant(), contents)
                .flatMap(done -> items.revise(caller.tenant(), digests))
                .map(changed -> {
                    digests.forEach((key, digest) -> {
                        Integer place = places.get(key);
                        if (place != null) {
                            results[place] = PutItems.Result.of(key, changed.contains(key) ? "stored" : "unchanged");
                        }
                    });
                    List<PutItems.Result> all = new ArrayList<>(n);
                    for (PutItems.Result result : results) {
                        if (result != null) {
                            all.add(result);
                        }
                    }
                    return Outcome.of(new PutItems.Results(all));
                });
    }

    /// Removes keys, and the thumbnails of what they stood for; the contents stay as long as events may
    /// refer to them.
    ///
    /// @param caller whose items
    /// @param request the keys
    /// @return what became of each
    Uni<Outcome<RemoveItems.Results>> remove(Caller caller, RemoveItems request) {
        return items.remove(caller.tenant(), request.keys())
                .call(removed -> thumbnails.delete(
                        caller.tenant(),
                        removed.values().stream()
                                .map(Items.Removed::image)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()))
                .map(removed -> Outcome.of(new RemoveItems.Results(request.keys().stream()
                        .map(key -> {
                            Items.Removed gone = removed.get(key);
                            return gone == null
                                    ? new RemoveItems.Result(key, "unknown", 0)
                                    : new RemoveItems.Result(key, "removed", gone.events());
                        })
                        .toList())));
    }

    private static @Nullable String refusal(byte @Nullable [] image) {
        if (image == null) {
            return null;
        }
        try {
            ImageReader.requireReadable(image);
            return null;
        } catch (ImageRefused refused) {
            return refused.getMessage();
        }
    }

    private static @Nullable String key(JsonNode node) {
        return node.path("key").isTextual() ? node.path("key").asText() : null;
    }

    private static String field(int place, Problem problem) {
        return problem.field() == null ? "items[" + place + "]" : "items[" + place + "]." + problem.field();
    }
}

package dev.konomi.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.door.Binding;
import dev.konomi.door.Caller;
import dev.konomi.door.Door;
import dev.konomi.door.InvalidField;
import dev.konomi.door.Outcome;
import dev.konomi.door.Problem;
import dev.konomi.door.RequestLog;
import dev.konomi.item.ContentDigest;
import dev.konomi.item.ImageReader;
import dev.konomi.item.ImageRefused;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemReference;
import dev.konomi.item.Items;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes a batch of events apart, records what is sound and says of each event what became of it: a bad event
/// never sinks its batch. Loads no model.
@ApplicationScoped
public class Recorder {
    /// The most events in a call.
    public static final int MOST_EVENTS = 1_000;

    /// How far ahead of the clock an event may be: clocks of apps differ, the future is not recorded.
    public static final Duration FURTHEST_AHEAD = Duration.ofMinutes(5);

    private final Events events;
    private final Items items;
    private final Door door;
    private final Clock clock;
    private final MeterRegistry metrics;

    Recorder(Events events, Items items, Door door, Clock clock, MeterRegistry metrics) {
        this.events = events;
        this.items = items;
        this.door = door;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Records one event or a batch.
    ///
    /// @param caller whose events
    /// @param payload an event, a list of events, or `{events: […]}`
    /// @return what became of each; for one event by itself, a refusal and a conflict are problems
    Uni<Outcome<Recorded>> record(Caller caller, JsonNode payload) {
        JsonNode list = payload.isObject() && payload.has("events") ? payload.get("events") : payload;
        if (list.isArray()) {
            String path = payload.isArray() ? "" : "events";
            if (list.isEmpty() || list.size() > MOST_EVENTS) {
                return Uni.createFrom()
                        .item(Outcome.refused(Problem.invalid(
                                path.isEmpty() ? null : path,
                                "The batch has " + list.size() + " events; send 1 to " + MOST_EVENTS + " at once.")));
            }
            List<JsonNode> nodes = new ArrayList<>(list.size());
            list.forEach(nodes::add);
            return record(caller, nodes, path).map(Outcome::of);
        }
        if (list != payload) {
            return Uni.createFrom()
                    .item(Outcome.refused(Problem.wrongType("events", "\"events\" is no list: send […].")));
        }
        return switch (read(payload)) {
            case Outcome.Refused<Sound>(Problem problem) -> {
                count(Recorded.Result.REFUSED, 1);
                yield Uni.createFrom()
                        .item(Outcome.refused(problem.with(List.of(
                                Recorded.Result.refused(eventId(payload), problem.detail(), problem.field())))));
            }
            case Outcome.Answered<Sound>(Sound sound) ->
                record(caller, List.of(payload), null).map(Recorder::single);
        };
    }

    private static Outcome<Recorded> single(Recorded recorded) {
        Recorded.Result result = recorded.results().getFirst();
        String reason = result.reason() == null ? "" : result.reason();
        return switch (result.status()) {
            case Recorded.Result.CONFLICT ->
                Outcome.refused(Problem.conflict(result.field(), reason).with(recorded.results()));
            case Recorded.Result.REFUSED ->
                Outcome.refused(Problem.invalid(result.field(), reason).with(recorded.results()));
            default -> Outcome.of(recorded);
        };
    }

    private Uni<Recorded> record(Caller caller, List<JsonNode> nodes, @Nullable String path) {
        Recorded.@Nullable Result[] results = new Recorded.Result[nodes.size()];
        Map<Integer, Sound> sound = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            switch (read(nodes.get(i))) {
                case Outcome.Refused<Sound>(Problem problem) -> {
                    String field = path == null
                            ? problem.field()
                            : problem.under(path + "[" + i + "]").field();
                    results[i] = Recorded.Result.refused(eventId(nodes.get(i)), problem.detail(), field);
                }
                case Outcome.Answered<Sound>(Sound event) -> sound.put(i, event);
            }
        }
        String tenant = caller.tenant();
        Map<String, ItemContent> contents = new HashMap<>();
        Set<String> keys = new HashSet<>();
        sound.values().forEach(event -> event.collect(contents, keys));
        return items.digests(tenant, keys).flatMap(byKey -> {
            List<Events.Row> rows = new ArrayList<>(sound.size());
            Map<String, Events.Row> first = new HashMap<>();
            List<Integer> repeated = new ArrayList<>();
            sound.forEach((i, event) -> {
                String field = path == null ? "" : path + "[" + i + "].";
                switch (event.row(byKey, field)) {
                    case Outcome.Refused<Events.Row>(Problem problem) ->
                        results[i] =
                                Recorded.Result.refused(event.message().eventId(), problem.detail(), problem.field());
                    case Outcome.Answered<Events.Row>(Events.Row row) -> {
                        Events.Row before = first.putIfAbsent(row.eventId(), row);
                        if (before == null) {
                            rows.add(row);
                        } else if (before.fingerprint().equals(row.fingerprint())) {
                            repeated.add(i);
                        } else {
                            results[i] = Recorded.Result.conflict(row.eventId());
                        }
                    }
                }
            });
            return items.store(tenant, contents)
                    .flatMap(done -> events.insert(tenant, rows))
                    .map(fates -> {
                        sound.forEach((i, event) -> {
                            if (results[i] == null) {
                                String id = event.message().eventId();
                                results[i] = switch (Objects.requireNonNull(fates.get(id))) {
                                    case ACCEPTED ->
                                        repeated.contains(i)
                                                ? Recorded.Result.duplicate(id)
                                                : Recorded.Result.accepted(id);
                                    case DUPLICATE -> Recorded.Result.duplicate(id);
                                    case CONFLICT -> Recorded.Result.conflict(id);
                                };
                            }
                        });
                        return counted(results);
                    });
        });
    }

    private Recorded counted(Recorded.@Nullable Result[] results) {
        List<Recorded.Result> all =
                Arrays.stream(results).map(Objects::requireNonNull).toList();
        Map<String, Integer> counts = new HashMap<>();
        all.forEach(result -> counts.merge(result.status(), 1, Integer::sum));
        counts.forEach(this::count);
        return new Recorded(all);
    }

    private void count(String status, int events) {
        metrics.counter("konomi.events", "status", status).increment(events);
        if (status.equals(Recorded.Result.REFUSED) || status.equals(Recorded.Result.CONFLICT)) {
            RequestLog.count("RefusedEvents", events);
        }
    }

    private Outcome<Sound> read(JsonNode node) {
        if (!door.isCallers(node)) {
            return Outcome.refused(Problem.wrongTenant("tenant"));
        }
        return switch (Binding.bind(node, EventMessage.class)) {
            case Outcome.Refused<EventMessage>(Problem problem) -> Outcome.refused(problem);
            case Outcome.Answered<EventMessage>(EventMessage message) -> {
                if (message.at().isAfter(clock.instant().plus(FURTHEST_AHEAD))) {
                    yield Outcome.refused(Problem.invalid(
                            "at",
                            "\"at\" is " + message.at() + ", more than 5 minutes ahead of " + clock.instant()
                                    + ": correct the sender's clock."));
                }
                try {
                    TasteEvent event = message.event();
                    requireReadableImages(event);
                    yield Outcome.of(new Sound(message, event));
                } catch (InvalidField invalid) {
                    yield Outcome.refused(Problem.invalid(invalid.field(), String.valueOf(invalid.getMessage())));
                }
            }
        };
    }

    private static void requireReadableImages(TasteEvent event) {
        if (event instanceof TasteEvent.OfItem ofItem) {
            requireReadableImage("item.image", ofItem.item());
        }
        if (event instanceof TasteEvent.Chosen chosen) {
            for (int k = 0; k < chosen.over().size(); k++) {
                requireReadableImage("over[" + k + "].image", chosen.over().get(k));
            }
        }
    }

    private static void requireReadableImage(String field, ItemReference item) {
        byte[] image = item instanceof ItemReference.Inline(ItemContent content) ? content.image() : null;
        if (image != null) {
            try {
                ImageReader.requireReadable(image);
            } catch (ImageRefused refused) {
                throw new InvalidField(field, String.valueOf(refused.getMessage()));
            }
        }
    }

    private static @Nullable String eventId(JsonNode node) {
        return node.path("eventId").isTextual() ? node.path("eventId").asText() : null;
    }

    /// An event that reads well; its keys are still to be looked up.
    private record Sound(EventMessage message, TasteEvent event) {
        void collect(Map<String, ItemContent> contents, Set<String> keys) {
            if (event instanceof TasteEvent.OfItem ofItem) {
                collect(ofItem.item(), contents, keys);
            }
            if (event instanceof TasteEvent.Chosen chosen) {
                chosen.over().forEach(item -> collect(item, contents, keys));
            }
        }

        private static void collect(ItemReference item, Map<String, ItemContent> contents, Set<String> keys) {
            switch (item) {
                case ItemReference.ByKey(String key) -> keys.add(key);
                case ItemReference.Inline(ItemContent content) -> contents.put(ContentDigest.of(content), content);
            }
        }

        Outcome<Events.Row> row(Map<String, String> byKey, String path) {
            String item = null;
            if (event instanceof TasteEvent.OfItem ofItem) {
                item = digest(ofItem.item(), byKey);
                if (item == null) {
                    return Outcome.refused(unknown(path + "item.key", ofItem.item()));
                }
            }
            List<String> over = new ArrayList<>();
            if (event instanceof TasteEvent.Chosen chosen) {
                for (int k = 0; k < chosen.over().size(); k++) {
                    String digest = digest(chosen.over().get(k), byKey);
                    if (digest == null) {
                        return Outcome.refused(unknown(
                                path + "over[" + k + "].key", chosen.over().get(k)));
                    }
                    if (digest.equals(item)) {
                        return Outcome.refused(Problem.invalid(
                                path + "over[" + k + "]",
                                "The chosen item and one that was left have the same content: send what was left."));
                    }
                    over.add(digest);
                }
            }
            return Outcome.of(Events.Row.of(message, event, item, over));
        }

        private static @Nullable String digest(ItemReference item, Map<String, String> byKey) {
            return switch (item) {
                case ItemReference.ByKey(String key) -> byKey.get(key);
                case ItemReference.Inline(ItemContent content) -> ContentDigest.of(content);
            };
        }

        private static Problem unknown(String field, ItemReference item) {
            String key = item instanceof ItemReference.ByKey(String named) ? named : "";
            return Problem.invalid(field, "There is no item \"" + key + "\": put it first with put-items.");
        }
    }
}

package dev.konomi.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.event.EventMessage.Type;
import dev.konomi.event.SignalPolicy;
import dev.konomi.event.SignalSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryBuilderTest {
    private static final SignalPolicy POLICY = new SignalPolicy(new SmallRyeConfigBuilder()
            .withMapping(SignalSettings.class)
            .build()
            .getConfigMapping(SignalSettings.class));
    private final HistoryBuilder builder = new HistoryBuilder(POLICY, HistoryBuilder.LONGEST);

    @Test
    void anyOrderAndRepetitionOfDeliveryGivesTheSameHistory() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<StoredEvent> events = anybodysEvents(random);
            History expected = builder.build(events);
            for (int delivery = 0; delivery < 5; delivery++) {
                List<StoredEvent> delivered = new ArrayList<>(events);
                for (int k = 0; k < events.size() / 3; k++) {
                    delivered.add(events.get(random.nextInt(events.size())));
                }
                Collections.shuffle(delivered, random);
                assertEquals(expected, builder.build(delivered), "seed " + seed);
            }
        }
    }

    @Test
    void itemsAndEventsBelongToTheObservations() {
        for (int seed = 0; seed < 200; seed++) {
            History history = builder.build(anybodysEvents(new Random(seed)));
            assertTrue(history.observations().size() <= HistoryBuilder.LONGEST);
            assertEquals(history.items().size(), new HashSet<>(history.items()).size());
            Set<Integer> used = new HashSet<>();
            long before = Long.MIN_VALUE;
            for (Observation observation : history.observations()) {
                assertTrue(observation.at() >= before);
                before = observation.at();
                switch (observation) {
                    case Observation.Choice choice -> used.addAll(List.of(choice.chosen(), choice.rejected()));
                    case Observation.Opinion opinion -> used.add(opinion.item());
                }
            }
            assertEquals(history.items().size(), used.size());
        }
    }

    @Test
    void aChoiceOverThreeIsThreePairsThatShareItsWeight() {
        History history = builder.build(List.of(chosen("c", 5, "sea", "hill", "cat", "dog")));
        assertEquals(List.of("sea", "hill", "cat", "dog"), history.items());
        assertEquals(
                List.of(
                        new Observation.Choice(0, 1, 1f / 3, 5),
                        new Observation.Choice(0, 2, 1f / 3, 5),
                        new Observation.Choice(0, 3, 1f / 3, 5)),
                history.observations());
        assertEquals(List.of("c", "c", "c"), history.events());
        assertEquals(List.of("c"), history.distinctEvents());
    }

    @Test
    void theNewestEventsAreKeptWhole() {
        List<StoredEvent> events = new ArrayList<>();
        events.add(chosen("old", 0, "a", "b", "c"));
        for (int i = 0; i < 63; i++) {
            events.add(liked("l" + i, 1 + i, "item" + i));
        }
        History history = builder.build(events);
        assertEquals(63, history.observations().size());
        assertFalse(history.events().contains("old"));
    }

    @Test
    void silentEventsTakeNoPlace() {
        List<StoredEvent> events = new ArrayList<>();
        events.add(liked("first", 0, "sea"));
        for (int i = 0; i < 300; i++) {
            events.add(event("s" + i, Type.DWELLED, 1 + i, "x" + i, 0.5));
        }
        assertEquals(List.of("first"), builder.build(events).events());
    }

    @Test
    void aWithdrawalVoidsAnEventBeforeAndAfterIt() {
        StoredEvent withdrawal = new StoredEvent("w", Type.WITHDRAWN, 3, null, List.of(), null, false, "b");
        List<StoredEvent> early = List.of(liked("a", 1, "sea"), liked("b", 2, "hill"), withdrawal);
        List<StoredEvent> late = List.of(liked("a", 1, "sea"), liked("b", 9, "hill"), withdrawal);
        assertEquals(List.of("a"), builder.build(early).events());
        assertEquals(List.of("a"), builder.build(late).events());
        assertEquals(List.of("a"), builder.build(early, 2).events());
    }

    @Test
    void aCorrectionIsTheLastWordOnItsItem() {
        List<StoredEvent> events = List.of(
                liked("a", 1, "sea"),
                corrected("k", 2, "sea", false),
                chosen("c", 1, "sea", "hill"),
                liked("b", 3, "sea"),
                liked("d", 1, "cat"));
        assertEquals(List.of("c", "d", "k", "b"), builder.build(events).events());
    }

    @Test
    void whatHappenedLaterWasNotKnown() {
        List<StoredEvent> events =
                List.of(liked("a", 1, "sea"), liked("b", 2, "hill"), corrected("k", 3, "sea", false));
        assertEquals(List.of("a", "b"), builder.build(events, 2).events());
        assertEquals(List.of("b", "k"), builder.build(events, 3).events());
    }

    @Test
    void eventsOfTheSameTimeStandInTheDatabasesOrderOfTheirIds() {
        // U+FF61 comes before U+1F408 by code points and behind it by UTF-16 units.
        List<StoredEvent> events = List.of(liked("\uD83D\uDC08", 1, "cat"), liked("\uFF61", 1, "sea"));
        assertEquals(List.of("sea", "cat"), builder.build(events).items());
    }

    private static List<StoredEvent> anybodysEvents(Random random) {
        List<StoredEvent> events = new ArrayList<>();
        int n = random.nextInt(120);
        for (int i = 0; i < n; i++) {
            Type type = Type.values()[random.nextInt(Type.values().length)];
            String item = "item" + random.nextInt(20);
            List<String> over = new ArrayList<>();
            for (int k = random.nextInt(4); type == Type.CHOSEN && k >= 0; k--) {
                over.add("other" + random.nextInt(20));
            }
            boolean withdrawn = type == Type.WITHDRAWN;
            events.add(new StoredEvent(
                    "e" + i,
                    type,
                    random.nextInt(40),
                    withdrawn ? null : item,
                    over,
                    random.nextBoolean() ? Double.valueOf(random.nextInt(60)) : null,
                    random.nextBoolean(),
                    withdrawn ? "e" + random.nextInt(n) : null));
        }
        return events;
    }

    private static StoredEvent liked(String id, long at, String item) {
        return event(id, Type.LIKED, at, item, null);
    }

    private static StoredEvent event(
            String id, Type type, long at, String item, @org.jspecify.annotations.Nullable Double value) {
        return new StoredEvent(id, type, at, item, List.of(), value, false, null);
    }

    private static StoredEvent chosen(String id, long at, String item, String... over) {
        return new StoredEvent(id, Type.CHOSEN, at, item, List.of(over), null, false, null);
    }

    private static StoredEvent corrected(String id, long at, String item, boolean promoted) {
        return new StoredEvent(id, Type.CORRECTED, at, item, List.of(), null, promoted, null);
    }
}

package dev.konomi.taste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.History;
import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TasteStateTest {
    private static final Taste TASTE = new Taste(new float[] {1}, new float[] {0}, new float[] {1});

    @Test
    void itAnswersForItsReleaseAndItsHistoryOnly() {
        History history = history(new Random(1), 5);
        TasteState state = new TasteState("a", TasteState.fingerprint(history), TASTE);
        Known known = state.of("a", history).orElseThrow();
        assertSame(TASTE, known.taste());
        assertEquals(history, known.history());
        assertTrue(state.of("b", history).isEmpty());
        assertTrue(state.of("a", History.NONE).isEmpty());
    }

    @Test
    void whateverChangesAHistoryChangesItsFingerprint() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            History history = history(random, 1 + random.nextInt(20));
            Set<String> all = new HashSet<>();
            List<History> changed = changed(history, random);
            changed.forEach(one -> assertTrue(all.add(TasteState.fingerprint(one)), one::toString));
            assertTrue(all.add(TasteState.fingerprint(history)));
            assertEquals(changed.size() + 1, all.size());
        }
    }

    @Test
    void theSameHistoryHasTheSameFingerprintWhateverItsEventsAreCalled() {
        History history = history(new Random(3), 7);
        History renamed = new History(history.observations(), Collections.nCopies(7, "x"), history.items());
        assertEquals(TasteState.fingerprint(history), TasteState.fingerprint(renamed));
        assertNotEquals(TasteState.fingerprint(history), TasteState.fingerprint(History.NONE));
    }

    private static List<History> changed(History history, Random random) {
        List<History> all = new ArrayList<>();
        int place = random.nextInt(history.observations().size());
        Observation one = history.observations().get(place);
        all.add(with(history, place, heavier(one)));
        all.add(with(history, place, later(one)));
        all.add(with(history, place, turned(one)));
        List<String> items = new ArrayList<>(history.items());
        items.set(random.nextInt(items.size()), digest(random));
        all.add(new History(history.observations(), history.events(), items));
        int n = history.observations().size();
        all.add(new History(
                history.observations().subList(1, n), history.events().subList(1, n), history.items()));
        List<Observation> more = new ArrayList<>(history.observations());
        more.addFirst(new Opinion(0, true, 1, 0));
        List<String> events = new ArrayList<>(history.events());
        events.addFirst("older");
        all.add(new History(more, events, history.items()));
        return all;
    }

    private static Observation heavier(Observation one) {
        return switch (one) {
            case Choice(int chosen, int rejected, float weight, long at) ->
                new Choice(chosen, rejected, Math.nextUp(weight), at);
            case Opinion(int item, boolean liked, float weight, long at) ->
                new Opinion(item, liked, Math.nextUp(weight), at);
        };
    }

    private static Observation later(Observation one) {
        return switch (one) {
            case Choice(int chosen, int rejected, float weight, long at) ->
                new Choice(chosen, rejected, weight, at + 1);
            case Opinion(int item, boolean liked, float weight, long at) -> new Opinion(item, liked, weight, at + 1);
        };
    }

    private static Observation turned(Observation one) {
        return switch (one) {
            case Choice(int chosen, int rejected, float weight, long at) -> new Choice(rejected, chosen, weight, at);
            case Opinion(int item, boolean liked, float weight, long at) -> new Opinion(item, !liked, weight, at);
        };
    }

    private static History with(History history, int place, Observation other) {
        List<Observation> observations = new ArrayList<>(history.observations());
        observations.set(place, other);
        return new History(observations, history.events(), history.items());
    }

    private static History history(Random random, int n) {
        List<String> items = IntStream.range(0, 8).mapToObj(i -> digest(random)).toList();
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            observations.add(
                    random.nextBoolean()
                            ? new Choice(random.nextInt(4), 4 + random.nextInt(4), 1, 10L * i)
                            : new Opinion(random.nextInt(8), random.nextBoolean(), 0.5f, 10L * i));
        }
        return new History(
                observations, IntStream.range(0, n).mapToObj(i -> "e" + i).toList(), items);
    }

    private static String digest(Random random) {
        return "%016x".formatted(random.nextLong()).repeat(4);
    }
}

package dev.konomi.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.release.Manifest.Lineage;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.ObjectStores;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.release.Verification;
import dev.konomi.taste.OnnxTasteModel;
import dev.konomi.token.TokenBook;
import dev.konomi.train.dataset.DatabaseDataset;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.group.TokenGroups;
import dev.konomi.train.lineage.HistoryPanel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensThroughRetrainingTest {
    private static final int MINDS = 3;

    @TempDir
    private Path folder;

    private ObjectStore store;

    @BeforeEach
    void emptyStore() {
        store = ObjectStores.open(folder.resolve("store").toUri(), Map.of());
    }

    @Test
    void anIdStaysWithTheSameMindThroughAnotherSeedAndOtherPlaces() {
        DatabaseDataset data = ThreeMinds.town(300, 24, 1);
        Release first = trained("first", 1, data);
        Release second = trained("second", 8, data);

        Map<String, Integer> before = minds(first, data.dataset());
        Map<String, Integer> after = minds(second, data.dataset());
        Set<String> kept = before.keySet().stream().filter(after::containsKey).collect(Collectors.toSet());
        assertTrue(kept.size() >= MINDS, "kept " + kept + " of " + before + " and " + after);
        kept.forEach(id -> assertEquals(before.get(id), after.get(id), id));
        assertNotEquals(places(first).indexOf(kept.iterator().next()), -1, "an id that is kept was there before");
        Lineage lineage = Objects.requireNonNull(second.manifest().lineage());
        assertEquals(first.digest(), lineage.predecessor());
        assertEquals(
                places(second), lineage.tokens().stream().map(Lineage.Token::id).toList());
        for (Lineage.Token token : lineage.tokens()) {
            Integer place = token.predecessor();
            if (place != null) {
                assertEquals(token.id(), places(first).get(place));
            }
        }
        assertTrue(lineage.retired().stream().noneMatch(places(second)::contains));
        assertArrayEquals(first.file(HistoryPanel.FILE), second.file(HistoryPanel.FILE));
    }

    @Test
    void withAnotherEncoderAllIdsAreNewAndTheManifestSaysWhy() {
        DatabaseDataset data = ThreeMinds.town(240, 24, 1);
        Release first = trained("first", 1, data);
        Dataset same = data.dataset();
        DatabaseDataset otherwise = new DatabaseDataset(
                new Dataset("other-points", same.width(), same.items(), same.people()),
                data.items(),
                data.words(),
                data.events(),
                data.fingerprint() + "-other",
                0);

        Lineage lineage = Objects.requireNonNull(
                trained("second", 8, otherwise).manifest().lineage());

        assertTrue(lineage.note().contains("other-points"), lineage.note());
        assertTrue(lineage.note().contains("all ids are new"), lineage.note());
        assertEquals(places(first), lineage.retired());
        assertTrue(lineage.tokens().stream().allMatch(token -> token.predecessor() == null));
    }

    private Release trained(String name, long seed, DatabaseDataset data) {
        Path work = folder.resolve(name);
        Train train = new Train(
                "acme", Recipe.of(TrainTest.PLAN), seed, work, store, InstantSource.system(), "test", Watcher.SILENT);
        Train.Result result = train.run(data, 0);
        assertTrue(result.manifest() != null, () -> String.valueOf(result.refusal()));
        return switch (ReleaseFolder.verify(work.resolve("release"))) {
            case Verification.Sound(Release release) -> release;
            case Verification.Refused(String reason) -> throw new AssertionError(reason);
        };
    }

    private static List<String> places(Release release) {
        return TokenBook.read(release.file(TokenBook.FILE)).tokens().stream()
                .map(token -> token.id())
                .toList();
    }

    /// The mind that most of a token's people have, of tokens that are somebody's most probable.
    private static Map<String, Integer> minds(Release release, Dataset data) {
        List<String> ids = places(release);
        int[][] people = new int[ids.size()][MINDS];
        try (OnnxTasteModel model = OnnxTasteModel.load(release, 1)) {
            var items = model.items(data.items());
            for (Person person : data.people()) {
                int token = TokenGroups.mostProbable(
                        model.taste(items, person.observations()).activations());
                people[token][(int) (person.id() % MINDS)]++;
            }
        }
        Map<String, Integer> minds = new java.util.HashMap<>();
        for (int m = 0; m < people.length; m++) {
            List<Integer> counts = new ArrayList<>();
            for (int count : people[m]) {
                counts.add(count);
            }
            int most = counts.stream().max(Integer::compare).orElse(0);
            if (most > 0) {
                minds.put(ids.get(m), counts.indexOf(most));
            }
        }
        return minds;
    }
}

package dev.konomi.cli.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyFolderTest {
    @TempDir
    private Path path;

    private StudyFolder folder;

    @BeforeEach
    void open() {
        folder = new StudyFolder(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full-100-6001", "full-100-6002", "without-tokens-100-6002"})
    void aRunIsWrittenAsItWasRead(String name) throws IOException {
        String kept = "runs/" + name + ".json";
        StudyFiles.copy(path, kept);
        StudyRun run = folder.runs().getFirst();
        Files.delete(path.resolve(kept));
        folder.write(run);
        assertEquals(StudyFiles.text(kept), Files.readString(path.resolve(kept)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6001", "6002", "6001-sharp"})
    void aWorldIsWrittenAsItWasRead(String name) throws IOException {
        String kept = "worlds/" + name + ".json";
        StudyFiles.copy(path, kept);
        long seed = Long.parseLong(name.substring(0, 4));
        WorldKey key = new WorldKey(seed, name.endsWith("-sharp") ? Society.SHARP : Society.BROAD);
        StudyWorld world = folder.world(key).orElseThrow();
        Files.delete(path.resolve(kept));
        folder.write(world);
        assertEquals(StudyFiles.text(kept), Files.readString(path.resolve(kept)));
    }

    @Test
    void anOlderRunHasWhatItWasAskedAndIsNotWhole() throws IOException {
        StudyFiles.copy(path, "runs/full-100-6001.json", "runs/full-100-6002.json");
        StudyRun older = folder.run(key(Variant.FULL, 6001)).orElseThrow();
        assertEquals(Set.of(2, 8), older.konomi().accuracies().keySet());
        assertEquals(0, older.told().latentClass().people());
        assertFalse(older.whole());
        StudyRun newer = folder.run(key(Variant.FULL, 6002)).orElseThrow();
        assertTrue(newer.whole());
        assertArrayEquals(new double[] {.74, .76}, newer.konomi().at(16));
        assertArrayEquals(new double[] {.705, .705}, newer.told().latentClass().at(8));
    }

    @Test
    void otherVariantsAreWholeWithTheLengthsThatAblationsAreJudgedAt() {
        Curve two = StudyFiles.flat(List.of(Curve.EARLY, Curve.LATE), .7125, .625);
        StudyRun run = StudyFiles.run(key(Variant.POOL_8, 6003), "f", two, Told.NOBODY);
        assertTrue(run.whole());
        folder.write(run);
        StudyRun read = folder.run(run.key()).orElseThrow();
        assertEquals(run.figures(), read.figures());
        assertArrayEquals(run.konomi().at(8), read.konomi().at(8), 5.01e-4);
        assertFalse(StudyFiles.run(key(Variant.WITHOUT_TOKENS, 6003), "f", two, Told.NOBODY)
                .whole());
    }

    @Test
    void populationsLieBesideEachOther() throws IOException {
        StudyFiles.copy(path, "worlds/6001.json", "worlds/6001-sharp.json");
        StudyWorld broad = folder.world(StudyFiles.broad(6001)).orElseThrow();
        StudyWorld sharp = folder.world(new WorldKey(6001, Society.SHARP)).orElseThrow();
        assertArrayEquals(new double[] {.64, .66, .62, .64}, broad.popularity());
        assertArrayEquals(new double[] {.6, .64}, sharp.popularity());
        assertTrue(folder.world(new WorldKey(6002, Society.SHARP)).isEmpty());
    }

    @Test
    void whatIsNotOfTheSamePeopleIsRefused() {
        RunKey key = key(Variant.FULL, 6001);
        Curve two = StudyFiles.flat(Curve.LENGTHS, .7, .6);
        Curve three = StudyFiles.flat(Curve.LENGTHS, .7, .6, .5);
        assertThrows(
                IllegalArgumentException.class,
                () -> StudyFiles.run(key, "f", two, new Told(three, Curve.NONE, Curve.NONE)));
        assertThrows(IllegalArgumentException.class, () -> Curve.of(List.of(0, 8), length -> new double[length + 1]));
        assertThrows(IllegalArgumentException.class, () -> two.only(List.of(2, 3)));
        assertThrows(IllegalArgumentException.class, () -> StudyFiles.run(key, "f", two.only(List.of(2)), Told.NOBODY));
    }

    private static RunKey key(Variant variant, long seed) {
        return new RunKey(variant, 100, StudyFiles.broad(seed));
    }
}

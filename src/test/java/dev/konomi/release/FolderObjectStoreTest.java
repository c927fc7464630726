package dev.konomi.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.release.ObjectStore.Found;
import dev.konomi.release.ObjectStore.Listed;
import dev.konomi.release.ObjectStore.Stored;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest extends ObjectStoreContract {
    private static final int INCREMENTS = 40;

    @TempDir
    private Path folder;

    @Override
    ObjectStore open() {
        return ObjectStores.open(folder.toUri(), Map.of());
    }

    @Test
    void whatAKilledWriterLeftIsNoObject() throws Exception {
        try (ObjectStore store = open()) {
            Files.write(folder.resolve(".store/temporary/half"), bytes("hal"));
            assertEquals(List.of(), done(store.list("")));
        }
    }

    @Test
    void processesDoNotOverwriteEachOther() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Counter.class.getName(),
                            folder.toString())
                    .inheritIO()
                    .start());
        }
        for (Process process : processes) {
            assertEquals(0, process.waitFor());
        }
        try (ObjectStore store = open()) {
            byte[] count = done(store.get("count")).orElseThrow().bytes();
            assertEquals(2 * INCREMENTS, Integer.parseInt(new String(count, java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    @Test
    void twoStoresOfOneProcessDoNotOverwriteEachOther() throws Exception {
        Thread other = Thread.ofPlatform().start(() -> Counter.main(new String[] {folder.toString()}));
        Counter.main(new String[] {folder.toString()});
        other.join();
        try (ObjectStore store = open()) {
            assertEquals(
                    List.of("count"),
                    done(store.list("")).stream().map(Listed::key).toList());
        }
    }

    @Test
    void sayWhyAKeyBelowAnotherKeyCannotBe() {
        try (ObjectStore store = open()) {
            done(store.create("a", bytes("x")));
            CompletionException below =
                    assertThrows(CompletionException.class, () -> done(store.create("a/b", bytes("y"))));
            assertTrue(
                    below.getCause() instanceof IOException && below.toString().contains("cannot hold both"));
            done(store.create("c/d", bytes("x")));
            assertThrows(CompletionException.class, () -> done(store.create("c", bytes("y"))));
        }
    }

    @Test
    void opensRelativeFoldersAndRefusesHosts() {
        assertThrows(IllegalArgumentException.class, () -> ObjectStores.open(URI.create("file://host/path"), Map.of()));
        assertThrows(IllegalArgumentException.class, () -> ObjectStores.open(URI.create("http://x"), Map.of()));
        assertThrows(IllegalArgumentException.class, () -> ObjectStores.open(URI.create("s3:///x"), Map.of()));
        ObjectStores.open(URI.create("file:target/relative-store"), Map.of()).close();
        assertTrue(Files.isDirectory(Path.of("target/relative-store")));
    }

    /// Counts up in an object by compare-and-swap; as a process of its own or within this one.
    static final class Counter {
        private Counter() {}

        public static void main(String[] arguments) {
            try (ObjectStore store = new FolderObjectStore(Path.of(arguments[0]))) {
                for (int i = 0; i < INCREMENTS; i++) {
                    while (!increment(store)) {
                        Thread.onSpinWait();
                    }
                }
            }
        }

        private static boolean increment(ObjectStore store) {
            Found found = done(store.get("count")).orElse(null);
            int next = found == null
                    ? 1
                    : 1 + Integer.parseInt(new String(found.bytes(), java.nio.charset.StandardCharsets.UTF_8));
            return done(store.replace("count", bytes(Integer.toString(next)), found == null ? null : found.etag()))
                    instanceof Stored;
        }
    }
}

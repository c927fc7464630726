package dev.konomi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.gallery.Painter;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@QuarkusTest
class ImportCommandTest {
    private static final String SERVER = "http://127.0.0.1:8081";

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();

    @Test
    void aFileOfLikesGoesThroughTheFunctionsOnce() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        Files.write(images.resolve("fox.jpg"), Painter.jpeg(Painter.paint("a fox", 1)));
        Path events = Files.writeString(folder.resolve("likes.csv"), """
                customer,item,text,at
                import-ann,fox.png,a fox,2026-01-31
                import-ben,lake,a mountain lake,2026-01-31
                """);

        assertEquals(0, run(events, images, "--column", "user=customer", "--type", "Liked"), errors.toString());
        assertTrue(output.toString().contains("2 rows: 2 accepted, 0 duplicate"), output.toString());
        assertFalse(Files.exists(folder.resolve("likes.csv.import")), "what is done needs no memory");

        assertEquals(0, run(events, images, "--column", "user=customer", "--type", "Liked"), errors.toString());
        assertTrue(output.toString().contains("0 accepted, 2 duplicate"), output.toString());
    }

    @Test
    void jsonLinesAreReadAndWhatIsRefusedIsToldWithExitCodeOne() throws IOException {
        Path events = Files.writeString(folder.resolve("events.jsonl"), """
                {"user":"import-cid","type":"Chosen","item":{"key":"ja","text":"yes"},"over":[{"key":"nein","text":"no"}],"at":"2026-01-31T12:00:00Z"}
                {"user":"import-cid","type":"Adored","item":{"key":"ja"},"at":"2026-01-31T12:00:00Z"}
                """);

        assertEquals(1, run(events, folder));
        assertTrue(output.toString().contains("2 rows: 1 accepted, 0 duplicate, 0 conflict, 1 refused"));
        assertTrue(errors.toString().contains("row 2: "), errors.toString());
    }

    @Test
    void nobodyAnswersAndTheCommandSaysHowToGoOn() throws IOException {
        Path events = Files.writeString(folder.resolve("a.csv"), "user,type,item,text,at\nu,Liked,a,a,2026-01-31\n");

        assertEquals(1, run(events, folder, "--server", "http://127.0.0.1:1"));
        assertTrue(errors.toString().contains("run the same command again"), errors.toString());
        assertEquals(2, run(folder.resolve("none.csv"), folder));
        assertEquals(2, run(events, folder.resolve("none")));
    }

    private int run(Path events, Path images, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("import", "--events", events.toString(), "--images", images.toString()));
        if (!List.of(more).contains("--server")) {
            arguments.addAll(List.of("--server", SERVER));
        }
        arguments.addAll(List.of(more));
        CommandLine line = Konomi.commandLine();
        line.setErr(new PrintWriter(errors, true));
        line.setOut(new PrintWriter(output, true));
        return line.execute(arguments.toArray(String[]::new));
    }
}

package dev.konomi.cli;

import dev.konomi.cli.load.EventColumns;
import dev.konomi.cli.load.EventImport;
import dev.konomi.cli.load.EventRows;
import dev.konomi.cli.load.Tally;
import dev.konomi.cli.pilot.FunctionClient;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./konomi import`: likes, choices, orders and views from a file, through the functions of a
/// running server.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Send a file of events, and the images they are about, to a running server. "
                + "Run it again to go on after an interruption; nothing is recorded twice.")
final class ImportCommand implements Callable<Integer> {
    private static final int MOST_COMPLAINTS = 10;

    @Option(
            names = "--events",
            required = true,
            description = "CSV with a header, or .jsonl with one event a line as record-event takes it.")
    private Path events;

    @Option(names = "--images", description = "Folder that item keys start from.")
    private @Nullable Path images;

    @Option(names = "--server", defaultValue = "http://127.0.0.1:8080", description = "Where the functions answer.")
    private URI server;

    @Option(
            names = "--column",
            description = "A column under another name, such as user=customer; may be given several times.",
            paramLabel = "field=column")
    private List<String> columns = List.of();

    @Option(names = "--type", description = "Type of all events without one, such as Liked.")
    private @Nullable String type;

    @Option(names = "--progress", description = "File that remembers how far the import came; beside the events.")
    private @Nullable Path progress;

    @Spec
    private CommandSpec spec;

    private long complained;

    @Override
    public Integer call() {
        if (!Files.isRegularFile(events)) {
            throw new CommandFailed(2, "There is no file " + events + ": give --events a .csv or .jsonl file.");
        }
        Path folder = images;
        if (folder != null && !Files.isDirectory(folder)) {
            throw new CommandFailed(
                    2, "There is no folder " + folder + ": give --images the one that item keys start from.");
        }
        Tally tally = send();
        delete(remembered());
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%,d rows: %,d accepted, %,d duplicate, %,d conflict, %,d refused.%n",
                        tally.rows(),
                        tally.accepted(),
                        tally.duplicate(),
                        tally.conflict(),
                        tally.refused());
        return tally.conflict() + tally.refused() == 0 ? 0 : 1;
    }

    private Tally send() {
        try (FunctionClient client = new FunctionClient(server);
                Counting counted = new Counting(Files.newInputStream(events));
                BufferedReader in = new BufferedReader(new InputStreamReader(counted, StandardCharsets.UTF_8));
                Bar bar = new Bar("import (bytes)", Files.size(events))) {
            skipByteOrderMark(in);
            EventRows rows = isJson() ? EventRows.jsonLines(in) : EventRows.csv(in, EventColumns.of(columns), type);
            return new EventImport(client::call, images, remembered(), this::complain)
                    .run(rows, source(), tally -> bar.to(counted.bytes()));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(2, String.valueOf(wrong.getMessage()));
        } catch (CompletionException failed) {
            throw new CommandFailed(1, interrupted(failed.getCause() == null ? failed : failed.getCause()));
        } catch (IOException | UncheckedIOException | IllegalStateException failed) {
            throw new CommandFailed(1, interrupted(failed));
        }
    }

    private String interrupted(Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return "The import stopped (" + reason + "): see that a Konomi answers at " + server
                + ", then run the same command again to go on.";
    }

    private boolean isJson() {
        String name = events.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jsonl") || name.endsWith(".ndjson");
    }

    /// Another file, a changed file or another server begins anew.
    private String source() throws IOException {
        return events.toAbsolutePath() + " of " + Files.size(events) + " bytes of "
                + Files.getLastModifiedTime(events).toMillis() + " to " + server;
    }

    private Path remembered() {
        Path given = progress;
        return given == null ? events.resolveSibling(events.getFileName() + ".import") : given;
    }

    private void complain(String reason) {
        complained++;
        if (complained <= MOST_COMPLAINTS) {
            spec.commandLine().getErr().println(reason);
        } else if (complained == MOST_COMPLAINTS + 1) {
            spec.commandLine().getErr().println("… and more");
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be removed; remove it.", failure);
        }
    }

    private static void skipByteOrderMark(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != 0xFEFF) {
            in.reset();
        }
    }

    /// How much of the file is read.
    private static final class Counting extends FilterInputStream {
        private long bytes;

        Counting(InputStream in) {
            super(in);
        }

        long bytes() {
            return bytes;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            bytes += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            bytes += Math.max(0, read);
            return read;
        }
    }
}

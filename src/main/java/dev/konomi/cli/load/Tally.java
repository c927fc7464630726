package dev.konomi.cli.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// How far an import has come.
///
/// @param source what is imported where, so that another file or server begins anew
/// @param rows rows that are done with
/// @param accepted events recorded
/// @param duplicate events that were there already
/// @param conflict events that were there with other content
/// @param refused events and rows that were not taken
public record Tally(String source, long rows, long accepted, long duplicate, long conflict, long refused) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Tally none(String source) {
        return new Tally(source, 0, 0, 0, 0, 0);
    }

    /// @return the tally with one more event
    Tally with(String status) {
        return new Tally(
                source,
                rows,
                accepted + (status.equals("accepted") ? 1 : 0),
                duplicate + (status.equals("duplicate") ? 1 : 0),
                conflict + (status.equals("conflict") ? 1 : 0),
                refused + (status.equals("refused") ? 1 : 0));
    }

    /// @return the tally after this row
    Tally through(long row) {
        return new Tally(source, row, accepted, duplicate, conflict, refused);
    }

    /// @return what the file says, or nothing done when it is about something else
    static Tally read(Path file, String source) {
        if (!Files.exists(file)) {
            return none(source);
        }
        try {
            var json = JSON.readTree(Files.readAllBytes(file));
            return json.path("source").asText().equals(source)
                    ? new Tally(
                            source,
                            json.path("rows").asLong(),
                            json.path("accepted").asLong(),
                            json.path("duplicate").asLong(),
                            json.path("conflict").asLong(),
                            json.path("refused").asLong())
                    : none(source);
        } catch (IOException damaged) {
            // Sending again does no harm: what was recorded is a duplicate.
            return none(source);
        }
    }

    /// Writes a whole file or none.
    void write(Path file) {
        ObjectNode json = JSON.createObjectNode()
                .put("source", source)
                .put("rows", rows)
                .put("accepted", accepted)
                .put("duplicate", duplicate)
                .put("conflict", conflict)
                .put("refused", refused);
        try {
            Path beside = file.resolveSibling(file.getFileName() + ".new");
            Files.write(beside, JSON.writeValueAsBytes(json));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "How far the import has come cannot be written to " + file + "; give another --progress.", failure);
        }
    }
}

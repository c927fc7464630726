package dev.konomi.cli.evaluate;

import dev.konomi.cli.CommandFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// Reads ratings from a CSV file with a header; commas, semicolons or tabs between fields.
///
/// @param file the file
/// @param columns which columns hold what
/// @param tolerated share of rows that may be unusable
public record RatingsFile(Path file, Columns columns, double tolerated) {
    /// Names of columns.
    ///
    /// @param user who rated
    /// @param image path of the image within the image folder
    /// @param rating a number
    /// @param text words that belong to the image, or null without
    /// @param group what items are split by, or null for the items themselves
    public record Columns(
            String user,
            String image,
            String rating,
            @Nullable String text,
            @Nullable String group) {}

    /// @param images where images lie
    /// @throws CommandFailed with exit code 2 when there is no such file or column, no row, no
    ///     image at all, or when
    ///     more rows are unusable than is tolerated
    public Ratings read(ImageFolder images) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(2, "There is no file " + file + ": give --ratings a CSV file.");
        }
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            skipByteOrderMark(in);
            String header = peek(in);
            if (header.isBlank()) {
                throw new CommandFailed(2, file + " is empty: give a CSV file with a header and ratings.");
            }
            CSVFormat format = CSVFormat.DEFAULT
                    .builder()
                    .setDelimiter(delimiter(header))
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setIgnoreSurroundingSpaces(true)
                    .setIgnoreEmptyLines(true)
                    .setAllowMissingColumnNames(true)
                    .get();
            try (CSVParser parser = CSVParser.parse(in, format)) {
                requireColumns(parser.getHeaderNames());
                return collect(parser, images);
            }
        } catch (IOException | UncheckedIOException | IllegalStateException broken) {
            throw new CommandFailed(
                    2, file + " cannot be read as UTF-8 CSV (" + broken.getMessage() + "): save it as such.");
        }
    }

    private Ratings collect(CSVParser parser, ImageFolder images) {
        Collected collected = new Collected();
        for (CSVRecord row : parser) {
            collected.read++;
            reading(row, images)
                    .ifPresentOrElse(
                            reading -> collected.add(reading),
                            () -> collected.skipped.add("line " + parser.getCurrentLineNumber() + ": " + problem(row)));
        }
        if (collected.read == 0) {
            throw new CommandFailed(2, file + " has a header but no ratings: give a file with rows.");
        }
        if (collected.named > 0 && collected.found == 0) {
            throw new CommandFailed(
                    2,
                    "None of the images that column \"" + columns.image() + "\" names, such as " + collected.example
                            + ", lies in the image folder: give --images the folder that these names start from.");
        }
        requireUsable(collected.skipped, collected.read);
        return collected.ratings();
    }

    /// @param skipped what was wrong with each unusable row
    /// @param read all rows
    public void requireUsable(List<String> skipped, int read) {
        if (skipped.size() > tolerated * read) {
            throw new CommandFailed(
                    2,
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d rows (%.1f %%) are unusable, at most %s %% are tolerated; the first is %s. "
                                    + "Correct them, or raise --tolerate.",
                            skipped.size(),
                            read,
                            100.0 * skipped.size() / read,
                            plain(100 * tolerated),
                            skipped.getFirst()));
        }
    }

    private Optional<Reading> reading(CSVRecord row, ImageFolder images) {
        Double value = number(field(row, columns.rating()));
        String user = field(row, columns.user());
        String name = field(row, columns.image());
        String text = columns.text() == null ? "" : field(row, columns.text());
        if (value == null || user.isEmpty() || (name.isEmpty() && text.isEmpty())) {
            return Optional.empty();
        }
        Path image = name.isEmpty() ? null : images.find(name).orElse(null);
        if (image == null && text.isEmpty()) {
            return Optional.of(new Reading(user, name, null, null, "", value));
        }
        String key = name + "\n" + text;
        String group = columns.group() == null ? key : field(row, columns.group());
        Ratings.Item item = new Ratings.Item(image, text.isEmpty() ? null : text, group.isEmpty() ? key : group);
        return Optional.of(new Reading(user, name, item, image, key, value));
    }

    private String problem(CSVRecord row) {
        if (field(row, columns.user()).isEmpty()) {
            return "column \"" + columns.user() + "\" is empty";
        }
        String rating = field(row, columns.rating());
        if (number(rating) == null) {
            return "the rating \"" + rating + "\" is no number";
        }
        return "there is neither an image nor a text";
    }

    private void requireColumns(List<String> names) {
        List<String> wanted = new ArrayList<>(List.of(columns.user(), columns.image(), columns.rating()));
        List<String> options = new ArrayList<>(List.of("--user-column", "--image-column", "--rating-column"));
        if (columns.text() != null) {
            wanted.add(columns.text());
            options.add("--text-column");
        }
        if (columns.group() != null) {
            wanted.add(columns.group());
            options.add("--item-group-column");
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!names.contains(wanted.get(i))) {
                throw new CommandFailed(
                        2,
                        file + " has no column \"" + wanted.get(i) + "\", only " + String.join(", ", names)
                                + ": name the right one with " + options.get(i) + ".");
            }
        }
    }

    /// @return the names of the file's columns, or none for a file that cannot be read
    public static List<String> header(Path file) {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            skipByteOrderMark(in);
            String header = peek(in);
            try (CSVParser parser = CSVParser.parse(
                    header,
                    CSVFormat.DEFAULT
                            .builder()
                            .setDelimiter(delimiter(header))
                            .setIgnoreSurroundingSpaces(true)
                            .get())) {
                return parser.stream().findFirst().map(CSVRecord::toList).orElse(List.of());
            }
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    private static void skipByteOrderMark(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != 0xFEFF) {
            in.reset();
        }
    }

    private static String peek(BufferedReader in) throws IOException {
        in.mark(1 << 16);
        String line = in.readLine();
        in.reset();
        return line == null ? "" : line;
    }

    private static char delimiter(String header) {
        char best = ',';
        for (char candidate : new char[] {',', ';', '\t'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static String field(CSVRecord row, String column) {
        return row.isSet(column) ? row.get(column).strip() : "";
    }

    private static @Nullable Double number(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private record Reading(
            String user,
            String name,
            Ratings.@Nullable Item item,
            @Nullable Path image,
            String key,
            double value) {}

    private static final class Collected {
        private final Map<String, Integer> people = new LinkedHashMap<>();
        private final Map<String, Integer> keys = new LinkedHashMap<>();
        private final List<Ratings.Item> items = new ArrayList<>();
        private final Map<List<Integer>, Ratings.Row> rows = new LinkedHashMap<>();
        private final List<String> skipped = new ArrayList<>();
        private int read;
        private int named;
        private int found;
        private String example = "";

        void add(Reading reading) {
            if (!reading.name().isEmpty()) {
                named++;
                found += reading.image() == null ? 0 : 1;
                example = example.isEmpty() ? reading.name() : example;
            }
            Ratings.Item item = reading.item();
            if (item == null) {
                skipped.add("of image " + reading.name() + ", which does not exist, without a text");
                return;
            }
            int person = people.computeIfAbsent(reading.user(), user -> people.size());
            int place = keys.computeIfAbsent(reading.key(), key -> {
                items.add(item);
                return items.size() - 1;
            });
            rows.put(Arrays.asList(person, place), new Ratings.Row(person, place, reading.value()));
        }

        Ratings ratings() {
            return new Ratings(items, List.copyOf(rows.values()), List.copyOf(people.keySet()), read, skipped);
        }
    }
}

package dev.konomi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.konomi.gallery.Painter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {
    private static final int IMAGES = 24;
    private static final int PEOPLE = 15;

    @TempDir
    private Path folder;

    private Path images;
    private Path ratings;
    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();

    @BeforeEach
    void peopleWhoLikeBlueOrRedRatePaintings() throws IOException {
        images = Files.createDirectories(folder.resolve("images"));
        ratings = folder.resolve("ratings.csv");
        List<String> lines = new ArrayList<>(List.of("who,file,prompt,stars"));
        SplittableRandom random = new SplittableRandom(1);
        for (int image = 0; image < IMAGES; image++) {
            String prompt = prompt(image);
            if (image > 0) {
                // The file that the ratings name as .png is a JPEG; the first image is missing altogether.
                Files.createDirectories(images.resolve("set"));
                Files.write(images.resolve("set/" + image + ".jpg"), Painter.jpeg(Painter.paint(prompt, image)));
            }
            for (int person = 0; person < PEOPLE; person++) {
                boolean likes = (image % 2 == 0) == (person % 2 == 0);
                int stars = random.nextInt(6) == 0 ? 3 : likes ? 4 + random.nextInt(2) : 1 + random.nextInt(2);
                lines.add("p" + person + ",set/" + image + ".png,\"" + prompt + "\"," + stars);
            }
        }
        Files.write(ratings, lines);
    }

    @Test
    void konomiStandsBesideItsBaselinesInBothReports() throws IOException {
        Path out = folder.resolve("out");

        assertEquals(0, run("--out", out.toString(), "--history", "4", "--splits", "1"), errors.toString());

        JsonNode report = new ObjectMapper().readTree(Files.readAllBytes(out.resolve("report.json")));
        for (String name : List.of("konomi", "popularity", "nearest", "logistic", "latentClass", "bpr")) {
            JsonNode estimate = report.at("/accuracy/" + name);
            assertTrue(estimate.path("mean").asDouble() >= estimate.path("low").asDouble(), name);
            assertTrue(estimate.path("mean").asDouble() <= estimate.path("high").asDouble(), name);
            assertTrue(name.equals("konomi") || estimate.at("/margin/mean").isNumber(), name);
            for (int length : new int[] {0, 1, 2, 4}) {
                assertTrue(
                        report.at("/byHistory/" + length + "/" + name + "/mean").isNumber(), name);
            }
        }
        assertEquals(PEOPLE, report.path("textOnly").asInt());
        assertEquals(0, report.path("skipped").asInt());
        assertTrue(report.at("/accuracy/logistic/mean").asDouble() > 0.8, "half of the people like what others do not");
        String html = Files.readString(out.resolve("report.html"));
        assertTrue(html.contains("<svg") && html.contains("latent class"));
        assertTrue(output.toString().contains("Konomi minus it"));
    }

    @Test
    void newItemsAreAskedAboutWithHandMadeFeaturesAndColoursBesideKonomi() throws IOException {
        Path out = folder.resolve("new");
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(ratings)) {
            // The same opinions on a scale of 0 to 100, and pairs of images that belong together.
            int comma = line.lastIndexOf(',');
            lines.add(
                    line.startsWith("who")
                            ? line + ",pair"
                            : line.substring(0, comma + 1) + 25 * (line.charAt(comma + 1) - '1') + ","
                                    + (lines.size() - 1) / PEOPLE % 6);
        }
        Files.write(ratings, lines);

        assertEquals(
                0,
                run(
                        "--out",
                        out.toString(),
                        "--history",
                        "2",
                        "--splits",
                        "1",
                        "--split",
                        "users+items",
                        "--item-group-column",
                        "pair"),
                errors.toString());

        JsonNode report = new ObjectMapper().readTree(Files.readAllBytes(out.resolve("report.json")));
        assertEquals(100, report.at("/data/scale/high").asDouble());
        assertEquals(">=75", report.at("/question/like").asText());
        assertEquals("<=25", report.at("/question/dislike").asText());
        assertEquals(10, report.at("/question/close").asDouble());
        for (String name : List.of("konomiColours", "handMade", "popularity")) {
            assertTrue(report.at("/accuracy/" + name + "/margin/mean").isNumber(), name);
        }
        assertTrue(report.at("/history/konomi/mean").isNumber());
    }

    @Test
    void aMissingFolderIsToldInOneSentence() {
        refused("no folder", "--images", folder.resolve("nowhere").toString());
    }

    @Test
    void aMissingFileIsTold() {
        refused("no file", "--ratings", folder.resolve("nothing.csv").toString());
    }

    @Test
    void aMissingColumnIsToldWithTheColumnsThatAreThere() {
        refused("only who, file, prompt, stars", "--rating-column", "score");
        refused("--text-column", "--text-column", "caption");
        refused("--item-group-column", "--item-group-column", "set");
    }

    @Test
    void imagesThatAreAllMissingAreTold() throws IOException {
        refused(
                "None of the images",
                "--images",
                Files.createDirectories(folder.resolve("empty")).toString());
    }

    @Test
    void anEmptyFileIsTold() throws IOException {
        Files.writeString(ratings, "");
        refused("is empty");
        Files.writeString(ratings, "who,file,prompt,stars\n");
        refused("no ratings");
    }

    @Test
    void tooManyUnusableRowsAreToldWithTheFirst() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(ratings));
        for (int i = 1; i < lines.size(); i += 10) {
            lines.set(i, lines.get(i).replaceFirst(",[0-9]$", ",many"));
        }
        Files.write(ratings, lines);

        refused("the first is line 2: the rating \"many\" is no number");
        assertTrue(errors.toString().contains("10.0 %"));
    }

    @Test
    void thresholdsThatNobodyMeetsAreTold() {
        refused("have both a like", "--like", ">=9");
    }

    @Test
    void aThresholdThatIsNoneIsTold() {
        refused("no threshold", "--like", "four or more");
        refused("users or users+items", "--split", "rows");
        refused("5% or 0.05", "--tolerate", "few");
    }

    private void refused(String part, String... options) {
        errors.getBuffer().setLength(0);
        assertEquals(2, run(options));
        String told = errors.toString().strip();
        assertTrue(told.contains(part), told);
        assertFalse(told.contains("\n"), "one sentence, not a page: " + told);
    }

    private int run(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("evaluate", "--ratings", ratings.toString(), "--images", images.toString()));
        List<String> changed = List.of(options);
        for (String name : List.of("--ratings", "--images")) {
            int at = changed.indexOf(name);
            if (at >= 0) {
                arguments.set(arguments.indexOf(name) + 1, changed.get(at + 1));
            }
        }
        List<String> defaults = List.of("--user-column", "who", "--image-column", "file", "--rating-column", "stars");
        for (int i = 0; i < defaults.size(); i += 2) {
            if (!changed.contains(defaults.get(i))) {
                arguments.addAll(defaults.subList(i, i + 2));
            }
        }
        for (int i = 0; i < options.length; i += 2) {
            if (!options[i].equals("--ratings") && !options[i].equals("--images")) {
                arguments.addAll(List.of(options[i], options[i + 1]));
            }
        }
        CommandLine line = Konomi.commandLine();
        line.setErr(new PrintWriter(errors, true));
        line.setOut(new PrintWriter(output, true));
        return line.execute(arguments.toArray(String[]::new));
    }

    private static String prompt(int image) {
        List<String> themes = List.of("a lighthouse", "a fox", "a mountain lake", "a cat", "a sailing boat", "an owl");
        return themes.get(image / 2 % themes.size()) + (image % 2 == 0 ? ", deep blue" : ", crimson") + ", watercolor";
    }
}

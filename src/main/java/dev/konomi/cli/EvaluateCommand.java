package dev.konomi.cli;

import dev.konomi.cli.evaluate.EncodedRatings;
import dev.konomi.cli.evaluate.EvaluationReport;
import dev.konomi.cli.evaluate.ImageFolder;
import dev.konomi.cli.evaluate.Ratings;
import dev.konomi.cli.evaluate.RatingsFile;
import dev.konomi.cli.evaluate.RealPeople;
import dev.konomi.cli.evaluate.Threshold;
import dev.konomi.item.ItemEncoder;
import dev.konomi.item.OnnxItemEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./konomi evaluate`: how well Konomi predicts what the people of any ratings like.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Judge Konomi and the baselines on your own ratings and images.")
final class EvaluateCommand implements Callable<Integer> {
    private static final String PROMPT = "prompt";
    private static final int TENTHS_OF_PERCENT = 1_000;

    @Option(names = "--ratings", required = true, description = "CSV file with a header, one rating a row.")
    private Path ratings;

    @Option(names = "--images", required = true, description = "Folder that the image names start from.")
    private Path images;

    @Option(names = "--out", defaultValue = "target/evaluate", description = "Folder for report.json and report.html.")
    private Path out;

    @Option(names = "--user-column", defaultValue = "user", description = "Column that names who rated.")
    private String userColumn;

    @Option(names = "--image-column", defaultValue = "image", description = "Column that names the image's file.")
    private String imageColumn;

    @Option(names = "--rating-column", defaultValue = "rating", description = "Column with the rating, a number.")
    private String ratingColumn;

    @Option(names = "--text-column", description = "Column with the image's words; \"prompt\" where there is one.")
    private @Nullable String textColumn;

    @Option(names = "--like", defaultValue = ">=4", description = "Ratings that are likes.")
    private String like;

    @Option(names = "--dislike", defaultValue = "<=2", description = "Ratings that are dislikes.")
    private String dislike;

    @Option(names = "--history", defaultValue = "8", description = "Pairs of a like and a dislike that are known.")
    private int history;

    @Option(
            names = "--split",
            defaultValue = "users",
            description = "What is new to the models: users, or users+items.")
    private String split;

    @Option(names = "--item-group-column", description = "Column that items are split by, with users+items.")
    private @Nullable String groupColumn;

    @Option(names = "--seeds", defaultValue = "3", description = "How often people are split.")
    private int seeds;

    @Option(names = "--tolerate", defaultValue = "5%", description = "Share of rows that may be unusable.")
    private String tolerate;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RealPeople.Question question = question();
        RatingsFile file = new RatingsFile(ratings, columns(), tolerated());
        Ratings read = file.read(folder());
        EncodedRatings encoded = encode(read);
        file.requireUsable(encoded.skipped(), encoded.read());
        EvaluationReport report = new EvaluationReport(encoded, question, ask(new RealPeople(encoded, question)));
        report.write(out);
        spec.commandLine().getOut().println();
        spec.commandLine().getOut().println(report.table());
        spec.commandLine().getOut().println("More in " + out.resolve("report.html") + ".");
        return 0;
    }

    private RealPeople.Question question() {
        if (!split.equals("users") && !split.equals("users+items")) {
            throw new CommandFailed(2, "--split is \"" + split + "\": give users or users+items.");
        }
        try {
            return new RealPeople.Question(
                    Threshold.of(like), Threshold.of(dislike), history, split.equals("users+items"), seeds);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(2, String.valueOf(wrong.getMessage()));
        }
    }

    private RatingsFile.Columns columns() {
        String text = textColumn;
        if (text == null && RatingsFile.header(ratings).contains(PROMPT)) {
            text = PROMPT;
        }
        return new RatingsFile.Columns(userColumn, imageColumn, ratingColumn, text, groupColumn);
    }

    private double tolerated() {
        String number = tolerate.strip();
        try {
            double value = number.endsWith("%")
                    ? Double.parseDouble(number.substring(0, number.length() - 1)) / 100
                    : Double.parseDouble(number);
            if (value >= 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException none) {
            // told below
        }
        throw new CommandFailed(2, "--tolerate is \"" + tolerate + "\": give a share such as 5% or 0.05.");
    }

    private ImageFolder folder() {
        try {
            return new ImageFolder(images);
        } catch (IllegalArgumentException missing) {
            throw new CommandFailed(2, String.valueOf(missing.getMessage()));
        }
    }

    private static EncodedRatings encode(Ratings ratings) {
        try (ItemEncoder encoder = OnnxItemEncoder.atelier(1);
                Bar bar = new Bar("encode items", ratings.items().size())) {
            return EncodedRatings.of(ratings, encoder, bar::to);
        }
    }

    private static RealPeople.Findings ask(RealPeople people) {
        Path checkpoints = temporary();
        try (Bar bar = new Bar("train and ask", TENTHS_OF_PERCENT)) {
            return people.ask(checkpoints, (done, doing) -> {
                bar.says(doing);
                bar.to(Math.round(done * TENTHS_OF_PERCENT));
            });
        } catch (IllegalArgumentException impossible) {
            throw new CommandFailed(2, String.valueOf(impossible.getMessage()));
        } finally {
            delete(checkpoints);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("konomi-evaluate");
        } catch (IOException failure) {
            throw new UncheckedIOException("No temporary folder can be made.", failure);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The temporary folder " + folder + " cannot be removed.", failure);
        }
    }
}

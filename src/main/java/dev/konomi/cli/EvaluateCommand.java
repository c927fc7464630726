package dev.konomi.cli;

import dev.konomi.cli.evaluate.EncodedRatings;
import dev.konomi.cli.evaluate.EvaluationReport;
import dev.konomi.cli.evaluate.Findings;
import dev.konomi.cli.evaluate.ImageFolder;
import dev.konomi.cli.evaluate.Question;
import dev.konomi.cli.evaluate.RatingScale;
import dev.konomi.cli.evaluate.Ratings;
import dev.konomi.cli.evaluate.RatingsFile;
import dev.konomi.cli.evaluate.RealPeople;
import dev.konomi.cli.evaluate.Threshold;
import dev.konomi.item.ItemEncoder;
import dev.konomi.item.OnnxItemEncoder;
import dev.konomi.item.StatisticsEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    @Option(names = "--like", description = "Ratings that are likes; the scale's upper quarter, >=4 of 1 to 5.")
    private @Nullable String like;

    @Option(names = "--dislike", description = "Ratings that are dislikes; the scale's lower quarter, <=2 of 1 to 5.")
    private @Nullable String dislike;

    @Option(
            names = "--close",
            description = "Popularity gap of close pairs, in rating points; a tenth of the scale, 0.4 of 1 to 5.")
    private @Nullable Double close;

    @Option(names = "--history", defaultValue = "8", description = "Pairs of a like and a dislike that are known.")
    private int history;

    @Option(
            names = "--split",
            defaultValue = "users",
            description = "What is new to the models: users, or users+items.")
    private String split;

    @Option(names = "--item-group-column", description = "Column that items are split by, with users+items.")
    private @Nullable String groupColumn;

    @Option(
            names = {"--splits", "--seeds"},
            defaultValue = "20",
            description = "How often people are split.")
    private int splits;

    @Option(names = "--tolerate", defaultValue = "5%", description = "Share of rows that may be unusable.")
    private String tolerate;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        requireSplit();
        Optional<Threshold> likes = threshold(like);
        Optional<Threshold> dislikes = threshold(dislike);
        RatingsFile file = new RatingsFile(ratings, columns(), tolerated());
        Ratings read = file.read(folder());
        EncodedRatings encoded = encode(read);
        file.requireUsable(encoded.skipped(), encoded.read());
        Question question = question(encoded, likes, dislikes);
        EvaluationReport report = new EvaluationReport(encoded, question, ask(new RealPeople(encoded, question)));
        report.write(out);
        spec.commandLine().getOut().println();
        spec.commandLine().getOut().println(report.table());
        spec.commandLine().getOut().println("More in " + out.resolve("report.html") + ".");
        return 0;
    }

    private void requireSplit() {
        if (!split.equals("users") && !split.equals("users+items")) {
            throw new CommandFailed(2, "--split is \"" + split + "\": give users or users+items.");
        }
    }

    private static Optional<Threshold> threshold(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Threshold::of);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(2, String.valueOf(wrong.getMessage()));
        }
    }

    private Question question(EncodedRatings encoded, Optional<Threshold> likes, Optional<Threshold> dislikes) {
        try {
            RatingScale scale = encoded.scale();
            return new Question(
                    likes.orElseGet(scale::like),
                    dislikes.orElseGet(scale::dislike),
                    history,
                    split.equals("users+items"),
                    splits,
                    close == null ? scale.close() : close);
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

    private EncodedRatings encode(Ratings read) {
        try (ItemEncoder encoder = new StatisticsEncoder(OnnxItemEncoder.atelier(1));
                Bar bar = new Bar("encode items", read.items().size())) {
            return EncodedRatings.of(read, encoder, out, bar::to);
        }
    }

    private static Findings ask(RealPeople people) {
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

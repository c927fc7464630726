package dev.konomi.cli.measure;

import dev.konomi.gallery.Language;
import dev.konomi.gallery.Painter;
import dev.konomi.gallery.PartialScene;
import dev.konomi.gallery.Predictions;
import dev.konomi.gallery.Prompt;
import dev.konomi.gallery.Scene;
import dev.konomi.gallery.SimulatedPerson;
import dev.konomi.gallery.Trial;
import dev.konomi.gallery.World;
import dev.konomi.guide.WordChooser;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import dev.konomi.report.Estimate;
import dev.konomi.report.HtmlReport;
import dev.konomi.report.Report;
import dev.konomi.taste.Taste;
import dev.konomi.train.evaluate.Bootstrap;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What guidance is worth to unseen people who ask for pictures: win rates by their own choice probability, with the
/// same prompts, seeds and number of pictures for everybody who guides or ranks.
///
/// @param made guided and ranked, the best of [#PICTURES], against one picture of the prompt as it was
/// @param ranked of [#PICTURES] of the prompt as it was, the best against the most popular
/// @param guided every guided picture against the one with the same seed that general appeal guided
public record Guided(Wins made, Wins ranked, Wins guided) {
    /// Pictures that are made for a prompt.
    static final int PICTURES = 16;

    /// How often people choose what was made for them.
    ///
    /// @param konomi by a release
    /// @param idealObserver by the ideal observer, under the same rules
    /// @param oracle by somebody who knows the person, under the same rules
    /// @param share Konomi's part of the ideal observer's excess over ½
    public record Wins(Estimate konomi, Estimate idealObserver, Estimate oracle, Estimate share) {
        private static Wins of(double[][] wins) {
            double[][] excess = Arrays.stream(wins)
                    .map(each -> Arrays.stream(each).map(win -> win - 0.5).toArray())
                    .toArray(double[][]::new);
            Bootstrap bootstrap = Bootstrap.DEFAULT;
            return new Wins(
                    bootstrap.mean(wins[0]),
                    bootstrap.mean(wins[1]),
                    bootstrap.mean(wins[2]),
                    bootstrap.ratio(excess[0], excess[1]));
        }
    }

    /// @param asked how many of the people ask for pictures; each takes 32 of them to paint and to encode
    /// @param world whose people ask
    /// @param trials their histories, over the subject's pictures
    /// @param people the same people
    /// @param subject a release
    /// @param encoder whose encodings the release takes
    /// @param ideal what the ideal observer makes of the trials
    /// @param last when everybody made their last choice
    public static Guided of(
            int asked,
            World world,
            List<Trial> trials,
            IntFunction<SimulatedPerson> people,
            Subject subject,
            ItemEncoder encoder,
            Predictions ideal,
            Instant last) {
        double[][] made = new double[3][asked];
        double[][] ranked = new double[3][asked];
        double[][] guided = new double[3][asked];
        WordChooser chooser = subject.words(encoder);
        for (int i = 0; i < asked; i++) {
            Trial trial = trials.get(i);
            int length = trial.history().size();
            int number = i;
            var sitting = new Sitting(subject, encoder, people.apply(i), length, i);
            Taste taste = subject.taste(TrialProtocol.history(trial.history(), length, last));
            Sitting.Judge konomi = sitting.konomi(
                    taste,
                    chooser.choose(taste, subject.nobody(), sitting.text()).prompt());
            Sitting.Judge observer = sitting.knowing(scene -> ideal.utility(number, length, scene));
            Sitting.Judge oracle = sitting.knowing(sitting::truth);
            Sitting.Judge popular = sitting.knowing(world::popularity);
            List<Sitting.Judge> judges = List.of(konomi, observer, oracle);
            for (int j = 0; j < judges.size(); j++) {
                Sitting.Judge judge = judges.get(j);
                made[j][i] = sitting.wins(
                        judge.best(judge.guided()), sitting.asAsked().getFirst());
                ranked[j][i] = sitting.wins(judge.best(sitting.asAsked()), popular.best(sitting.asAsked()));
                guided[j][i] = IntStream.range(0, PICTURES)
                        .mapToDouble(k -> sitting.wins(
                                judge.guided().get(k), popular.guided().get(k)))
                        .average()
                        .orElseThrow();
            }
        }
        return new Guided(Wins.of(made), Wins.of(ranked), Wins.of(guided));
    }

    /// @param report gets the keys of `docs/report.md`
    public void write(Report report) {
        byName().forEach((name, wins) -> report.put("guidance." + name + ".konomi", wins.konomi())
                .put("guidance." + name + ".idealObserver", wins.idealObserver())
                .put("guidance." + name + ".oracle", wins.oracle())
                .put("guidance." + name + ".share", wins.share()));
    }

    /// @param page gets a section
    public void write(HtmlReport page) {
        page.section("What guidance is worth")
                .paragraph(
                        "How often unseen people choose what was made for them, after eight earlier choices; with the "
                                + "same prompts, seeds and " + PICTURES
                                + " pictures whoever guides and ranks. The share is "
                                + "Konomi's of what the ideal observer wins beyond one half.")
                .table(
                        List.of("", "Konomi", "ideal observer", "oracle", "share"),
                        List.of(
                                row("guided and ranked, against one picture of the prompt as it was", made),
                                row("ranked, against the most popular of the same pictures", ranked),
                                row("guided, against guided by what everybody likes", guided)));
    }

    private Map<String, Wins> byName() {
        Map<String, Wins> byName = new LinkedHashMap<>();
        byName.put("made", made);
        byName.put("ranked", ranked);
        byName.put("guided", guided);
        return byName;
    }

    private static List<String> row(String name, Wins wins) {
        return Stream.concat(
                        Stream.of(name),
                        Stream.of(wins.konomi(), wins.idealObserver(), wins.oracle(), wins.share())
                                .map(HtmlReport::format))
                .toList();
    }

    /// One person's prompt and what becomes of it.
    private static final class Sitting {
        private final Subject subject;
        private final ItemEncoder encoder;
        private final SimulatedPerson person;
        private final int position;
        private final long seed;
        private final Prompt prompt;
        private final List<Scene> asAsked;

        Sitting(Subject subject, ItemEncoder encoder, SimulatedPerson person, int position, int number) {
            this.subject = subject;
            this.encoder = encoder;
            this.person = person;
            this.position = position;
            this.seed = 1_000L * (number + 1);
            Scene meant = Scene.of(new SplittableRandom(seed).nextInt(Scene.COUNT));
            this.prompt = Prompt.of(meant, number % 2 == 0 ? Language.ENGLISH : Language.JAPANESE, seed);
            this.asAsked = scenes(prompt.named());
        }

        /// Somebody who guides and ranks.
        ///
        /// @param guided scenes of the guided prompt
        /// @param worth of scenes, one value each
        record Judge(List<Scene> guided, Function<List<Scene>, double[]> worth) {
            Scene best(List<Scene> scenes) {
                double[] values = worth.apply(scenes);
                int best = IntStream.range(0, values.length).reduce(0, (a, b) -> values[b] > values[a] ? b : a);
                return scenes.get(best);
            }
        }

        String text() {
            return prompt.text();
        }

        List<Scene> asAsked() {
            return asAsked;
        }

        double truth(Scene scene) {
            return person.utility(scene, position);
        }

        double wins(Scene one, Scene other) {
            return person.chooses(one, other, position);
        }

        Judge knowing(ToDoubleFunction<Scene> worth) {
            return new Judge(
                    scenes(PromptedScenes.guided(prompt.named(), worth, WordChooser.MOST)),
                    scenes -> scenes.stream().mapToDouble(worth).toArray());
        }

        Judge konomi(Taste taste, String guidedText) {
            return new Judge(
                    scenes(Prompt.read(guidedText)),
                    scenes -> subject.scores(
                            taste,
                            encoder.encode(IntStream.range(0, scenes.size())
                                    .mapToObj(k -> new ItemContent(
                                            Painter.jpeg(Painter.paint(scenes.get(k), seed + k)),
                                            prompt.text(),
                                            List.of()))
                                    .toList())));
        }

        private List<Scene> scenes(PartialScene named) {
            return IntStream.range(0, PICTURES)
                    .mapToObj(k -> named.complete(seed + k))
                    .toList();
        }
    }
}

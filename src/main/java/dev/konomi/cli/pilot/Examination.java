package dev.konomi.cli.pilot;

import dev.konomi.cli.Bar;
import dev.konomi.cli.pilot.Scorings.Ranking;
import dev.konomi.gallery.Choice;
import dev.konomi.gallery.Predictions;
import dev.konomi.gallery.Trial;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.baseline.Baseline;
import dev.konomi.train.evaluate.baseline.Baselines;
import java.util.List;
import java.util.Map;

/// Asks everybody about the same unseen people: Konomi through the functions, its release at shorter histories,
/// with images alone and in sequence, the baselines, and the ideal observer.
final class Examination {
    /// Scores of the functions and of the release, asked by itself, may differ by this much.
    private static final double SAME = 1e-3;

    private final List<Trial> trials;
    private final Protocol protocol;
    private final Predictions ideal;

    Examination(List<Trial> trials, Protocol protocol, Predictions ideal) {
        this.trials = trials;
        this.protocol = protocol;
        this.ideal = ideal;
    }

    /// @param rankings what `score` answered for each person, in their order
    /// @param release the same release as a ranker over the unseen pictures
    /// @param others what else the release can do, as rankers by name
    /// @param baselines by name
    /// @param unseen the unseen pictures
    /// @param appeal general appeal of the unseen pictures, as whoever knows the world's people has it
    Standings examine(
            List<Ranking> rankings,
            Ranker release,
            Map<String, Ranker> others,
            Map<String, Baseline> baselines,
            Dataset unseen,
            double[] appeal,
            Bar bar) {
        requireSame(rankings, release);
        Standings standings = new Standings();
        standings.add(Standings.KONOMI, answered(rankings));
        others.forEach((name, ranker) -> standings.add(name, accuracies(ranker, PilotScale.HISTORY)));
        bar.step(1);
        for (Map.Entry<String, Baseline> baseline : baselines.entrySet()) {
            standings.add(
                    baseline.getKey(),
                    baseline.getKey().equals(Baselines.POPULARITY)
                            ? ideal.accuracies(0)
                            : accuracies(baseline.getValue().ranker(unseen, appeal), PilotScale.HISTORY));
            bar.step(1);
        }
        standings.add(Standings.IDEAL, ideal.accuracies(PilotScale.HISTORY));
        standings.add(Standings.ORACLE, Predictions.oracle(trials));
        for (int length : PilotScale.LENGTHS) {
            standings.add(length, Standings.KONOMI, accuracies(release, length));
            standings.add(length, Standings.POPULARITY, ideal.accuracies(0));
            standings.add(length, Standings.IDEAL, ideal.accuracies(length));
            bar.step(1);
        }
        return standings;
    }

    /// @return how many steps a bar for [#examine] has
    static long parts(int baselines) {
        return 1L + baselines + PilotScale.LENGTHS.length;
    }

    private double[] accuracies(Ranker ranker, int length) {
        return protocol.ask(ranker, length).accuracies();
    }

    private double[] answered(List<Ranking> rankings) {
        double[] accuracies = new double[trials.size()];
        for (int person = 0; person < accuracies.length; person++) {
            Ranking ranking = rankings.get(person);
            List<Choice> targets = trials.get(person).targets();
            for (Choice target : targets) {
                double difference = ranking.score(target.chosen()) - ranking.score(target.rejected());
                accuracies[person] +=
                        target.expectedAccuracy(difference > 0 ? 1 : difference < 0 ? 0 : 0.5) / targets.size();
            }
        }
        return accuracies;
    }

    /// The functions' answers are the ones that count; what the release says by itself must be the same.
    private void requireSame(List<Ranking> rankings, Ranker release) {
        double largest = 0;
        for (int person = 0; person < rankings.size(); person += 10) {
            Ranking ranking = rankings.get(person);
            double[] scores =
                    release.score(protocol.people().get(person).history(PilotScale.HISTORY), ranking.pictures());
            for (int rank = 0; rank < scores.length; rank++) {
                largest = Math.max(largest, Math.abs(scores[rank] - ranking.scores()[rank]));
            }
        }
        if (!(largest <= SAME)) {
            throw new IllegalStateException("`score` and the release differ by " + largest
                    + ": the functions did not see the people's whole histories.");
        }
    }
}

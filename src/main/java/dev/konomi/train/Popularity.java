package dev.konomi.train;

import dev.konomi.history.Observation;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Ranker;
import java.util.List;

/// What is served before there is a release: how often others preferred an item, as log-odds with one win and one loss
/// added. Knows nothing of the person who is asked.
final class Popularity implements Ranker {
    private final double[] logOdds;

    /// @param others people whose events count
    /// @param items how many there are
    Popularity(List<Person> others, int items) {
        double[] wins = new double[items];
        double[] losses = new double[items];
        for (Person person : others) {
            for (Observation observation : person.observations()) {
                switch (observation) {
                    case Observation.Choice choice -> {
                        wins[choice.chosen()] += choice.weight();
                        losses[choice.rejected()] += choice.weight();
                    }
                    case Observation.Opinion opinion ->
                        (opinion.liked() ? wins : losses)[opinion.item()] += opinion.weight();
                }
            }
        }
        logOdds = new double[items];
        for (int i = 0; i < items; i++) {
            logOdds[i] = Math.log((wins[i] + 1) / (losses[i] + 1));
        }
    }

    @Override
    public double[] score(List<Observation> history, int[] candidates) {
        double[] scores = new double[candidates.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = logOdds[candidates[i]];
        }
        return scores;
    }
}

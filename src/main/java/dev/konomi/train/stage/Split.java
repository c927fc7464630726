package dev.konomi.train.stage;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// People to train on and people to choose and calibrate on: people are split, never rows.
///
/// @param training at least one
/// @param validation at least one
record Split(List<Person> training, List<Person> validation) {
    private static final int MOST = 500;

    /// @param share of people to keep for validation, at most 500 of them
    static Split of(List<Person> all, double share, long seed) {
        List<Person> people = new ArrayList<>(
                all.stream().filter(person -> !person.observations().isEmpty()).toList());
        if (people.size() < 2) {
            throw new IllegalArgumentException("Training needs two people with observations or more, one of them to "
                    + "validate on; there are " + people.size() + ".");
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = people.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Person swapped = people.get(i);
            people.set(i, people.get(j));
            people.set(j, swapped);
        }
        int kept = Math.clamp(Math.round(people.size() * share), 1, Math.min(MOST, people.size() - 1));
        return new Split(List.copyOf(people.subList(kept, people.size())), List.copyOf(people.subList(0, kept)));
    }

    /// @return the items that training people have seen: what statistics are taken from
    List<Encoding> seen(Dataset data) {
        return data.seenBy(training);
    }

    /// @return log-odds of a like among the opinions, one like and one dislike added; 0 without opinions
    double baseRate() {
        double likes = 1;
        double dislikes = 1;
        for (Person person : training) {
            for (Observation observation : person.observations()) {
                if (observation instanceof Opinion opinion) {
                    likes += opinion.liked() ? opinion.weight() : 0;
                    dislikes += opinion.liked() ? 0 : opinion.weight();
                }
            }
        }
        return Math.log(likes / dislikes);
    }

    /// @return median days between a training person's first and last observation
    double span() {
        double[] spans = training.stream()
                .map(Person::observations)
                .mapToDouble(all -> (all.getLast().at() - all.getFirst().at()) / Batch.DAY)
                .sorted()
                .toArray();
        return spans[spans.length / 2];
    }
}

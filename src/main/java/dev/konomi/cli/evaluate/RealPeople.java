package dev.konomi.cli.evaluate;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Outcome;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.baseline.Baselines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Judges Konomi and the baselines on people who rated: everybody is asked by models that were
/// trained without them. With few people they take turns (cross-fitting), with many a fifth of
/// them is asked. All of it is repeated with other splits, and a person's answers are pooled
/// before people are resampled.
///
/// @param data ratings with encoded items
/// @param question what is asked
public record RealPeople(EncodedRatings data, Question question) {
    private static final int FEW = 1_000;

    /// Told how things get on.
    @FunctionalInterface
    public interface Watcher {
        /// @param done share of all work that is done
        /// @param doing what is being done now
        void at(double done, String doing);
    }

    /// @param checkpoints an empty folder for the trainer
    /// @param watcher told how things get on
    /// @throws IllegalArgumentException when fewer than ten people have both a like and a dislike
    public Findings ask(Path checkpoints, Watcher watcher) {
        List<Person> everybody = people();
        if (everybody.size() < 2 * Fold.PARTS) {
            throw new IllegalArgumentException(everybody.size() + " people have both a like (" + question.like()
                    + ") and a dislike (" + question.dislike() + "); " + 2 * Fold.PARTS
                    + " are needed: give more ratings, or other --like and --dislike.");
        }
        Tally tally = new Tally(data.groups(), question.newItems());
        int turns = everybody.size() < FEW ? Fold.PARTS : 1;
        int rounds = question.splits() * turns;
        for (int round = 0; round < rounds; round++) {
            int split = 1 + round / turns;
            int turn = round % turns;
            int before = round;
            String name = "split " + split + " fold " + (turn + 1) + " of " + turns;
            Fold fold = new Fold(data, question, shuffled(everybody, split), turn, split);
            if (!fold.protocol().people().isEmpty()) {
                Map<String, Ranker> rankers = new Contestants(data, question, split)
                        .fit(
                                fold,
                                checkpoints.resolve("split-" + split + "-fold-" + turn),
                                (stage, step, total, loss) -> watcher.at(
                                        (before + share(stage, (double) step / total)) / rounds, name + " " + stage));
                ask(fold.protocol(), rankers, tally);
            }
            watcher.at((round + 1.0) / rounds, name);
        }
        return tally.findings();
    }

    private void ask(Protocol protocol, Map<String, Ranker> rankers, Tally tally) {
        Map<Integer, Map<String, Outcome>> outcomes = new TreeMap<>();
        for (int length : lengths()) {
            Map<String, Outcome> byName = new LinkedHashMap<>();
            rankers.forEach((name, ranker) -> byName.put(name, protocol.ask(ranker, length)));
            outcomes.put(length, byName);
        }
        Outcome popularity = outcomes.getOrDefault(0, Map.of()).get(Baselines.POPULARITY);
        if (popularity == null) {
            throw new IllegalStateException("Popularity was not asked.");
        }
        int[][] cells = tally.asked(protocol.people(), close(popularity));
        outcomes.forEach(
                (length, byName) -> byName.forEach((name, outcome) -> tally.add(cells, length, name, outcome)));
    }

    private List<Integer> lengths() {
        List<Integer> lengths = new ArrayList<>(Protocol.LENGTHS.stream()
                .filter(length -> length < question.history())
                .toList());
        lengths.add(question.history());
        return lengths;
    }

    /// Popularity is in rating points, and learned from training people.
    private boolean[][] close(Outcome popularity) {
        boolean[][] close = new boolean[popularity.people().size()][];
        for (int p = 0; p < close.length; p++) {
            double[] gaps = popularity.differences()[p];
            close[p] = new boolean[gaps.length];
            for (int t = 0; t < gaps.length; t++) {
                close[p][t] = Math.abs(gaps[t]) < question.close();
            }
        }
        return close;
    }

    private static double share(String stage, double done) {
        return switch (stage) {
            case "token-fit" -> 0.3 * done;
            case "stage-one" -> 0.3 + 0.5 * done;
            default -> 0.8 + 0.1 * done;
        };
    }

    /// People with a like and a dislike; ratings are opinions.
    private List<Person> people() {
        Map<Integer, List<Observation>> byPerson = new TreeMap<>();
        for (Ratings.Row row : data.rows()) {
            boolean liked = question.like().holds(row.value());
            if (liked || question.dislike().holds(row.value())) {
                byPerson.computeIfAbsent(row.person(), person -> new ArrayList<>())
                        .add(new Opinion(row.item(), liked, 1, 0));
            }
        }
        List<Person> people = new ArrayList<>();
        byPerson.forEach((id, observations) -> {
            long likes = observations.stream()
                    .filter(observation -> ((Opinion) observation).liked())
                    .count();
            if (likes > 0 && likes < observations.size()) {
                people.add(new Person(id, observations));
            }
        });
        return people;
    }

    /// Ratings have no time, so that their order is drawn: people's, and each person's.
    private static List<Person> shuffled(List<Person> people, long seed) {
        Random random = new Random(seed);
        List<Person> shuffled = new ArrayList<>();
        for (Person person : people) {
            List<Observation> observations = new ArrayList<>(person.observations());
            Collections.shuffle(observations, random);
            shuffled.add(new Person(person.id(), observations));
        }
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}

package dev.konomi.cli.evaluate;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.report.Estimate;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.Outcome;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.TestPeople;
import dev.konomi.train.evaluate.TestPerson;
import dev.konomi.train.evaluate.baseline.Baseline;
import dev.konomi.train.evaluate.baseline.Baselines;
import dev.konomi.train.evaluate.baseline.RatedAppeal;
import dev.konomi.train.evaluate.baseline.RatedAppeal.Rating;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.stage.Progress;
import dev.konomi.train.stage.Seeds;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.Training;
import dev.konomi.train.stage.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// Judges Konomi and the baselines on people who rated: everybody is asked by models that were
/// trained without them.
/// With few people they take turns (cross-fitting), with many a fifth of them is asked. All of it
/// is repeated with
/// other seeds, and each person's figures are averaged before people are resampled.
///
/// @param data ratings with encoded items
/// @param question what is asked
public record RealPeople(EncodedRatings data, Question question) {
    /// Names in the order of the report.
    public static final List<String> NAMES = List.of(
            "konomi",
            "konomiImageOnly",
            Baselines.POPULARITY,
            Baselines.NEAREST,
            Baselines.LOGISTIC,
            "latentClass",
            Baselines.BPR);

    private static final int FOLDS = 5;
    private static final int FEW = 1_000;
    private static final int TARGETS = 16;
    private static final int MANY = 1_000;

    /// What is asked.
    ///
    /// @param like ratings that are likes
    /// @param dislike ratings that are dislikes; what is neither counts towards general appeal
    ///     alone
    /// @param history pairs of a like and a dislike that are known of a person
    /// @param newItems whether the items that are asked about are new as well
    /// @param seeds how often people are split
    public record Question(Threshold like, Threshold dislike, int history, boolean newItems, int seeds) {
        public Question {
            if (history < 1 || seeds < 1) {
                throw new IllegalArgumentException(
                        "A history of " + history + " pairs and " + seeds + " seeds: give at least 1 of each.");
            }
        }
    }

    /// Told how things get on.
    @FunctionalInterface
    public interface Watcher {
        /// @param done share of all work that is done
        /// @param doing what is being done now
        void at(double done, String doing);
    }

    /// What came out.
    ///
    /// @param people how many were asked
    /// @param targets how many pairs, over all seeds
    /// @param accuracy by name, with the longest history
    /// @param margin Konomi minus each other, paired
    /// @param byHistory accuracy by history length and name
    public record Findings(
            int people,
            int targets,
            Map<String, Estimate> accuracy,
            Map<String, Estimate> margin,
            Map<Integer, Map<String, Estimate>> byHistory) {}

    /// @param checkpoints an empty folder for the trainer
    /// @param watcher told how things get on
    /// @throws IllegalArgumentException when fewer than ten people have both a like and a dislike
    public Findings ask(Path checkpoints, Watcher watcher) {
        List<Person> everybody = people();
        if (everybody.size() < 2 * FOLDS) {
            throw new IllegalArgumentException(everybody.size() + " people have both a like (" + question.like()
                    + ") and a dislike (" + question.dislike() + "); " + 2 * FOLDS
                    + " are needed: give more ratings, or other --like and --dislike.");
        }
        Tally tally = new Tally();
        int folds = everybody.size() < FEW ? FOLDS : 1;
        int rounds = question.seeds() * folds;
        for (int round = 0; round < rounds; round++) {
            int seed = 1 + round / folds;
            int fold = round % folds;
            int before = round;
            Round current = new Round(
                    shuffled(everybody, seed),
                    fold,
                    seed,
                    checkpoints.resolve("seed-" + seed + "-fold-" + fold),
                    (stage, step, total, loss) -> watcher.at(
                            (before + share(stage, (double) step / total)) / rounds,
                            "seed " + seed + " fold " + (fold + 1) + " of " + folds + " " + stage));
            current.ask(tally);
            watcher.at((round + 1.0) / rounds, "seed " + seed + " fold " + (fold + 1) + " of " + folds);
        }
        return tally.findings();
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

    /// Sums of accuracies, by history length, name and person.
    private static final class Tally {
        private final Map<Integer, Map<String, Map<Long, double[]>>> sums = new TreeMap<>();
        private int targets;

        void add(int length, String name, Outcome outcome) {
            double[] accuracies = outcome.accuracies();
            Map<Long, double[]> byPerson = sums.computeIfAbsent(length, key -> new LinkedHashMap<>())
                    .computeIfAbsent(name, key -> new TreeMap<>());
            for (int i = 0; i < accuracies.length; i++) {
                double[] sum = byPerson.computeIfAbsent(outcome.people().get(i).id(), id -> new double[2]);
                sum[0] += accuracies[i];
                sum[1]++;
            }
        }

        Findings findings() {
            Map<Integer, Map<String, Estimate>> byHistory = new TreeMap<>();
            sums.forEach((length, byName) -> {
                Map<String, Estimate> estimates = new LinkedHashMap<>();
                byName.forEach((name, byPerson) -> estimates.put(name, Bootstrap.DEFAULT.mean(means(byPerson))));
                byHistory.put(length, estimates);
            });
            int longest = Collections.max(sums.keySet());
            Map<String, Map<Long, double[]>> last = sums.getOrDefault(longest, Map.of());
            Map<String, Estimate> accuracy = new LinkedHashMap<>();
            Map<String, Estimate> margin = new LinkedHashMap<>();
            double[] konomi = means(last.getOrDefault("konomi", Map.of()));
            for (String name : NAMES) {
                Map<Long, double[]> byPerson = last.get(name);
                if (byPerson != null) {
                    accuracy.put(name, Bootstrap.DEFAULT.mean(means(byPerson)));
                    if (!name.startsWith("konomi")) {
                        margin.put(name, Bootstrap.DEFAULT.difference(konomi, means(byPerson)));
                    }
                }
            }
            return new Findings(konomi.length, targets, accuracy, margin, byHistory);
        }

        private static double[] means(Map<Long, double[]> byPerson) {
            return byPerson.values().stream()
                    .mapToDouble(sum -> sum[0] / sum[1])
                    .toArray();
        }
    }

    /// One split: train on some people, ask the others.
    private final class Round {
        private final List<Person> training = new ArrayList<>();
        private final Protocol protocol;
        private final long seed;
        private final Path checkpoints;
        private final Progress progress;

        Round(List<Person> everybody, int fold, long seed, Path checkpoints, Progress progress) {
            this.seed = seed;
            this.checkpoints = checkpoints;
            this.progress = progress;
            Set<String> newGroups = question.newItems() ? newGroups(fold) : Set.of();
            List<TestPerson> asked = new ArrayList<>();
            for (int i = 0; i < everybody.size(); i++) {
                Person person = everybody.get(i);
                List<Observation> known = of(person, newGroups, false);
                if (i % FOLDS == fold && asked.size() < MANY) {
                    Optional<TestPerson> test = question.newItems()
                            ? TestPeople.of(
                                    person.id(), known, of(person, newGroups, true), question.history(), TARGETS)
                            : TestPeople.of(person, question.history(), TARGETS);
                    test.ifPresent(asked::add);
                } else if (i % FOLDS != fold && !known.isEmpty()) {
                    training.add(new Person(person.id(), known));
                }
            }
            protocol = new Protocol(asked);
        }

        private Set<String> newGroups(int fold) {
            List<String> groups = new ArrayList<>(new LinkedHashMap<>(groupNames()).keySet());
            Collections.shuffle(groups, new Random(seed));
            Set<String> held = new HashSet<>();
            for (int i = fold; i < groups.size(); i += FOLDS) {
                held.add(groups.get(i));
            }
            return held;
        }

        private Map<String, Boolean> groupNames() {
            Map<String, Boolean> names = new LinkedHashMap<>();
            data.groups().forEach(group -> names.put(group, true));
            return names;
        }

        private List<Observation> of(Person person, Set<String> newGroups, boolean wanted) {
            return person.observations().stream()
                    .filter(observation ->
                            newGroups.contains(data.groups().get(((Opinion) observation).item())) == wanted)
                    .toList();
        }

        void ask(Tally tally) {
            if (protocol.people().isEmpty()) {
                return;
            }
            tally.targets += protocol.people().stream()
                    .mapToInt(person -> person.targets().size())
                    .sum();
            Dataset target = new Dataset(data.encoderDigest(), data.width(), data.items(), List.of());
            int[] place = seen();
            Dataset known = known(place);
            RatedAppeal rated = RatedAppeal.fit(data.items(), data.width(), ratings());
            int[] back = back(place, known.items().size());
            double[] appeal = rated.scores();

            TrainedModel model = Training.run(known, plan(known), checkpoints, progress);
            Map<String, Ranker> rankers = new LinkedHashMap<>();
            float[] offsets = offsets(model, place);
            rankers.put("konomi", model.ranker(target, offsets));
            if (data.items().stream().anyMatch(item -> item.image() != null && item.text() != null)) {
                rankers.put("konomiImageOnly", model.ranker(imageOnly(), offsets));
            }
            Map<String, Baseline> baselines = new LinkedHashMap<>(
                    Baselines.fit(known, (item, asking) -> rated.of(back[item], asking), question.history(), seed));
            baselines.put(
                    "latentClass",
                    Baselines.withAppeal(
                            items -> model.latentClasses().ranker(items),
                            known,
                            (item, asking) -> rated.of(back[item], asking),
                            question.history(),
                            seed));
            baselines.forEach((name, baseline) -> rankers.put(name, baseline.ranker(target, appeal)));
            rankers.forEach((name, ranker) -> Protocol.LENGTHS.stream()
                    .filter(length -> length < question.history())
                    .forEach(length -> tally.add(length, name, protocol.ask(ranker, length))));
            rankers.forEach(
                    (name, ranker) -> tally.add(question.history(), name, protocol.ask(ranker, question.history())));
        }

        /// What training people said of all items they may be known for, neither like nor dislike
        /// included.
        private List<Rating> ratings() {
            Set<Long> people = new HashSet<>();
            Set<Integer> items = new HashSet<>();
            for (Person person : training) {
                people.add(person.id());
                person.observations().forEach(observation -> items.add(((Opinion) observation).item()));
            }
            return data.rows().stream()
                    .filter(row -> people.contains((long) row.person()) && items.contains(row.item()))
                    .map(row -> new Rating(row.person(), row.item(), row.value()))
                    .toList();
        }

        /// @return each item's place in the training data, −1 for items that it does not hold
        private int[] seen() {
            boolean[] seen = new boolean[data.items().size()];
            for (Person person : training) {
                person.observations().forEach(observation -> seen[((Opinion) observation).item()] = true);
            }
            int[] place = new int[seen.length];
            int next = 0;
            for (int item = 0; item < place.length; item++) {
                place[item] = seen[item] ? next++ : -1;
            }
            return place;
        }

        private Dataset known(int[] place) {
            List<Encoding> items = new ArrayList<>();
            for (int item = 0; item < place.length; item++) {
                if (place[item] >= 0) {
                    items.add(data.items().get(item));
                }
            }
            List<Person> people = training.stream()
                    .map(person -> new Person(
                            person.id(),
                            person.observations().stream()
                                    .map(observation -> moved((Opinion) observation, place))
                                    .toList()))
                    .toList();
            return new Dataset(data.encoderDigest(), data.width(), items, people);
        }

        private static Observation moved(Opinion opinion, int[] place) {
            return new Opinion(place[opinion.item()], opinion.liked(), opinion.weight(), opinion.at());
        }

        private static int[] back(int[] place, int known) {
            int[] back = new int[known];
            for (int item = 0; item < place.length; item++) {
                if (place[item] >= 0) {
                    back[place[item]] = item;
                }
            }
            return back;
        }

        private float[] offsets(TrainedModel model, int[] place) {
            float[] known = model.offsets();
            float[] offsets = new float[place.length];
            for (int item = 0; item < place.length; item++) {
                offsets[item] = place[item] < 0 ? 0 : known[place[item]];
            }
            return offsets;
        }

        private Dataset imageOnly() {
            return new Dataset(
                    data.encoderDigest(),
                    data.width(),
                    data.items().stream()
                            .map(item -> item.image() == null ? item : new Encoding(item.image(), null))
                            .toList(),
                    List.of());
        }

        /// Fewer people and items bear fewer tokens, components and steps.
        private TrainingPlan plan(Dataset known) {
            int people = known.people().size();
            NetworkSettings full = NetworkSettings.DEFAULT;
            if (people >= FEW) {
                return TrainingPlan.full().withNetwork(full).withSeeds(Seeds.of(seed));
            }
            int dimension = Math.clamp(known.items().size() / 4, 4, full.dimension());
            NetworkSettings small = new NetworkSettings(
                    dimension, Math.clamp(people / 10, 2, full.tokens()), full.mapSteps(), full.activation(), 2);
            int steps = Math.clamp(6L * people, 60, 600);
            return new TrainingPlan(
                    small,
                    Seeds.of(seed),
                    TrainingPlan.Device.CPU,
                    1,
                    steps,
                    steps,
                    steps / 6,
                    0.25,
                    1,
                    true,
                    0.05,
                    people < 200 ? 0.3 : 0.2);
        }
    }
}

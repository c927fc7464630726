package dev.konomi.train.evaluate.baseline;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.TestPeople;
import dev.konomi.train.evaluate.TestPerson;
import dev.konomi.train.evaluate.baseline.Mixture.Source;
import dev.konomi.train.evaluate.baseline.VisualBpr.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Fits all baselines on training people. What there is to choose (a strength, a sharpness, the
/// weight of general appeal) is chosen by likelihood on validation people, who are training
/// people too: nobody under test is looked at.
public final class Baselines {
    /// Names of the baselines, as `report.json` has them.
    public static final String POPULARITY = "popularity";

    public static final String NEAREST = "nearest";
    public static final String LOGISTIC = "logistic";
    public static final String BPR = "bpr";
    public static final String HAND_MADE = "handMade";
    private static final int MOST_VALIDATION = 400;
    private static final int TARGETS = 16;
    private static final int PASSES = 12;
    private static final int LOOK_EVERY = 4;
    private static final double[] STRENGTHS = {0.7, 1.4, 2.8, 5.6};

    private final Dataset training;
    private final Appeal appeal;
    private final int history;
    private final long seed;
    private final double meanAppeal;
    private final List<Person> others;
    private final List<TestPerson> validation;

    private Baselines(Dataset training, Appeal appeal, int history, long seed) {
        this.training = training;
        this.appeal = appeal;
        this.history = history;
        this.seed = seed;
        List<Person> people = new ArrayList<>(training.people());
        Collections.shuffle(people, new Random(seed));
        // With few people a quarter of them is needed to choose anything at all.
        int kept = Math.clamp(people.size() / (people.size() < 1_000 ? 4 : 10), 1, MOST_VALIDATION);
        validation = people.subList(0, Math.min(kept, people.size())).stream()
                .map(person -> TestPeople.of(person, history, TARGETS))
                .flatMap(Optional::stream)
                .toList();
        others = List.copyOf(people.subList(Math.min(kept, people.size()), people.size()));
        if (validation.isEmpty() || others.isEmpty()) {
            throw new IllegalArgumentException("Baselines need two people with a choice, or with a like and a dislike; "
                    + "of " + people.size() + " people " + validation.size() + " have one.");
        }
        long somebody = validation.getFirst().id();
        meanAppeal = Arrays.stream(appeal.scores(training.items().size(), somebody))
                .average()
                .orElseThrow();
    }

    /// @param training people and items to learn from
    /// @param appeal general appeal of the training items
    /// @param history pairs that are known of a person when settings are chosen; 8 in the reference
    ///     protocol
    /// @param seed of the choice of validation people and of stochastic gradients
    /// @return popularity, nearest, logistic and bpr, in this order; each but the first knows
    ///     general appeal as well
    /// @throws IllegalArgumentException when there are not two people with a choice, or with a like
    ///     and a dislike
    public static Map<String, Baseline> fit(Dataset training, Appeal appeal, int history, long seed) {
        return new Baselines(training, appeal, history, seed).fit();
    }

    /// Features made by hand: what they let one expect of everybody, and how near an item is to what the person
    /// liked and disliked, mixed on validation people.
    ///
    /// @param training items with their features as image tokens
    /// @param appeal of these items by the same features, as [RatedAppeal#ofHandMade] has it
    /// @param history pairs that are known of a person when settings are chosen
    /// @param seed of the choice of validation people
    public static Baseline handMade(Dataset training, Appeal appeal, int history, long seed) {
        Baselines baselines = new Baselines(training, appeal, history, seed);
        return baselines.nearest(FeatureSpace.standardised(training.seenBy(training.people()), training.width()));
    }

    /// Gives general appeal to a model that ranks by itself, as the other baselines have it:
    /// `w₁ (s(z | history) − s(z)) + w₂ s(z) + w₃ appeal(z)`, weights chosen on validation people.
    ///
    /// @param model ranks items of a data set, e.g. a latent-class logit
    /// @param training items the model was fitted to, and people to choose weights on: on people it was
    ///     fitted to, too, it seems better than it is and gets too much weight, the more so the fewer
    /// @param appeal general appeal of the training items
    /// @param history pairs that are known of a person when weights are chosen
    /// @param seed of the choice of validation people
    public static Baseline withAppeal(
            Function<Dataset, Ranker> model, Dataset training, Appeal appeal, int history, long seed) {
        Baselines baselines = new Baselines(training, appeal, history, seed);
        Ranker fitted = model.apply(training);
        List<TestPerson> people = baselines.validation;
        Source known = Source.of(people, Collections.nCopies(people.size(), fitted), history);
        Source unknown = Source.of(people, Collections.nCopies(people.size(), fitted), 0);
        double[] w = Mixture.of(people, List.of(minus(known, unknown), unknown, baselines.appealSource()))
                .weights();
        return (target, scores) -> {
            Ranker ranker = model.apply(target);
            return (seen, candidates) -> {
                double[] with = ranker.score(seen, candidates);
                double[] without = ranker.score(List.of(), candidates);
                double[] mixed = new double[candidates.length];
                Arrays.setAll(
                        mixed, c -> w[0] * (with[c] - without[c]) + w[1] * without[c] + w[2] * scores[candidates[c]]);
                return mixed;
            };
        };
    }

    private Map<String, Baseline> fit() {
        FeatureSpace space = FeatureSpace.of(training.seenBy(training.people()), training.width());
        float[][] items = space.vectors(training.items());
        double logOdds = logOdds();
        List<double[]> appeals = appeals(logOdds);
        Map<String, Baseline> fitted = new LinkedHashMap<>();
        fitted.put(POPULARITY, (target, scores) -> {
            double[] copy = scores.clone();
            return (seen, candidates) ->
                    IntStream.of(candidates).mapToDouble(c -> copy[c]).toArray();
        });
        fitted.put(NEAREST, nearest(space));
        Choosing logistic = new Choosing(items, appeals);
        for (double deviation : PersonLogistic.DEVIATIONS) {
            logistic.consider(new PersonLogistic(deviation));
        }
        fitted.put(LOGISTIC, logistic.baseline(space, logOdds));
        fitted.put(BPR, bpr(space, items, appeals, logOdds).baseline(space, logOdds));
        return Collections.unmodifiableMap(fitted);
    }

    private Baseline nearest(FeatureSpace space) {
        double logOdds = logOdds();
        Choosing nearest = new Choosing(space.vectors(training.items()), appeals(logOdds));
        for (double sharpness : Nearest.SHARPNESSES) {
            nearest.consider(new Nearest(sharpness));
        }
        return nearest.baseline(space, logOdds);
    }

    /// @return what a unit of general appeal is worth
    private double logOdds() {
        return Mixture.of(validation, List.of(appealSource())).weights()[0];
    }

    /// @return general appeal of the training items for each validation person, as centred log-odds
    private List<double[]> appeals(double logOdds) {
        return validation.stream()
                .map(person -> centred(appeal.scores(training.items().size(), person.id()), logOdds))
                .toList();
    }

    private Choosing bpr(FeatureSpace space, float[][] items, List<double[]> appeals, double logOdds) {
        VisualBpr bpr = new VisualBpr(space.dimension(), others.size(), seed);
        Choosing choosing = new Choosing(items, appeals);
        for (int pass = 0; pass < PASSES; pass++) {
            bpr.pass(items, pairs(logOdds, new SplittableRandom(seed + pass)), (double) pass / PASSES);
            if ((pass + 1) % LOOK_EVERY == 0) {
                for (double strength : STRENGTHS) {
                    choosing.consider(bpr.folded(strength));
                }
            }
        }
        return choosing;
    }

    /// Choices as they are; each like against a random dislike of the same person and the other
    /// way round, or against the mean item where there is none.
    private List<Pair> pairs(double logOdds, SplittableRandom random) {
        List<Pair> pairs = new ArrayList<>();
        for (int p = 0; p < others.size(); p++) {
            Person person = others.get(p);
            List<Integer> likes = new ArrayList<>();
            List<Integer> dislikes = new ArrayList<>();
            for (Observation observation : person.observations()) {
                if (observation instanceof Opinion opinion) {
                    (opinion.liked() ? likes : dislikes).add(opinion.item());
                }
            }
            for (Observation observation : person.observations()) {
                float weight = observation.weight();
                switch (observation) {
                    case Choice choice ->
                        pairs.add(pair(p, choice.chosen(), choice.rejected(), weight, person.id(), logOdds));
                    case Opinion opinion
                    when opinion.liked() ->
                        pairs.add(pair(p, opinion.item(), any(dislikes, random), weight, person.id(), logOdds));
                    case Opinion opinion ->
                        pairs.add(pair(p, any(likes, random), opinion.item(), weight, person.id(), logOdds));
                }
            }
        }
        for (int i = pairs.size() - 1; i > 0; i--) {
            Collections.swap(pairs, i, random.nextInt(i + 1));
        }
        return pairs;
    }

    private Pair pair(int place, int preferred, int other, float weight, long person, double logOdds) {
        double difference = preferred < 0 || other < 0 ? 0 : appeal.of(preferred, person) - appeal.of(other, person);
        return new Pair(place, preferred, other, (float) (logOdds * difference), weight);
    }

    private static int any(List<Integer> items, SplittableRandom random) {
        return items.isEmpty() ? -1 : items.get(random.nextInt(items.size()));
    }

    private Source appealSource() {
        return Source.of(
                validation,
                validation.stream()
                        .map(person -> (Ranker) (seen, candidates) -> IntStream.of(candidates)
                                .mapToDouble(candidate -> appeal.of(candidate, person.id()))
                                .toArray())
                        .toList(),
                0);
    }

    private static Source minus(Source left, Source right) {
        double[][] differences = new double[left.differences().length][];
        for (int p = 0; p < differences.length; p++) {
            double[] from = left.differences()[p];
            double[] taken = right.differences()[p];
            differences[p] = new double[from.length];
            Arrays.setAll(differences[p], t -> from[t] - taken[t]);
        }
        return new Source(differences);
    }

    private double[] centred(double[] scores, double logOdds) {
        return Arrays.stream(scores)
                .map(value -> logOdds * (value - meanAppeal))
                .toArray();
    }

    /// Keeps the setting that predicts validation people best once it is mixed with general appeal.
    private final class Choosing {
        private final float[][] items;
        private final List<double[]> appeals;
        private Personal best = vectors -> scores -> (seen, candidates) -> new double[candidates.length];
        private Mixture mixture = new Mixture(new double[2], Double.POSITIVE_INFINITY);

        /// @param items vectors of the training items
        /// @param appeals of the training items for each validation person, as centred log-odds
        Choosing(float[][] items, List<double[]> appeals) {
            this.items = items;
            this.appeals = appeals;
        }

        void consider(Personal personal) {
            Personal.OnItems onItems = personal.on(items);
            List<Ranker> rankers = appeals.stream().map(onItems::ranker).toList();
            Mixture considered =
                    Mixture.of(validation, List.of(Source.of(validation, rankers, history), appealSource()));
            if (considered.loss() < mixture.loss()) {
                best = personal;
                mixture = considered;
            }
        }

        Baseline baseline(FeatureSpace space, double logOdds) {
            Personal chosen = best;
            double[] w = mixture.weights();
            return (target, scores) -> {
                double[] copy = scores.clone();
                Ranker ranker = chosen.on(space.vectors(target.items())).ranker(centred(copy, logOdds));
                return (seen, candidates) -> {
                    double[] mixed = ranker.score(seen, candidates);
                    for (int c = 0; c < mixed.length; c++) {
                        mixed[c] = w[0] * mixed[c] + w[1] * copy[candidates[c]];
                    }
                    return mixed;
                };
            };
        }
    }
}

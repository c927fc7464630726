package dev.konomi.gallery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdealObserverTest {
    private static final int[] LENGTHS = {0, 1, 2, 4, 8};
    private static final Catalogue CATALOGUE = Catalogue.of(3, 600, true);
    /// Two segments, no individual deviation, every second person drifts.
    private static final Population TINY = new Population(2, 0.4, 3, 1, 0.45, 0, 8, 0.2, 0.5, 0.85);

    @Test
    void agreesWithEnumerationWhereAllCasesCanBeCounted() {
        World world = World.of(21, TINY);
        List<Trial> trials = new ArrayList<>();
        for (int seed = 1; seed <= 40; seed++) {
            SimulatedPerson person = world.person(seed, 13);
            trials.add(Trial.of(person, CATALOGUE, 8).after(person.before(CATALOGUE, 4)));
        }
        int[] lengths = {0, 1, 2, 4, 8, 12};
        Predictions predictions = new IdealObserver(world, 1).observe(trials, lengths, 1);
        for (int i = 0; i < trials.size(); i++) {
            for (int length : lengths) {
                double[] predicted = predictions.probabilities(i, length);
                for (int t = 0; t < predicted.length; t++) {
                    double enumerated = enumerate(world, trials.get(i), length, t);
                    assertEquals(enumerated, predicted[t], 2e-5, "trial " + i + " length " + length + " target " + t);
                }
                double mass = Arrays.stream(predictions.interests(i, length)).sum();
                assertEquals(1, mass, 1e-4);
            }
        }
    }

    @Test
    void whatIsKnownFromBeforeTheSequenceChangesNothingAboutShorterHistories() {
        World world = World.of(28, Population.BROAD);
        List<Trial> recent = Trial.of(world, CATALOGUE, 1, 30, 8, 4);
        List<Trial> longer = new ArrayList<>();
        for (int i = 0; i < recent.size(); i++) {
            longer.add(recent.get(i).after(world.person(1 + i, 12).before(CATALOGUE, 8)));
        }
        IdealObserver observer = new IdealObserver(world, 128);
        Predictions more = observer.observe(longer, new int[] {2, 8, 16}, 1);
        Predictions less = observer.observe(recent, new int[] {2, 8}, 1);
        assertArrayEquals(less.accuracies(2), more.accuracies(2));
        assertArrayEquals(less.accuracies(8), more.accuracies(8));
        assertFalse(Arrays.equals(more.accuracies(8), more.accuracies(16)));
    }

    /// The definition, case by case: interest before, interest after, and every moment of a change or none.
    private static double enumerate(World world, Trial trial, int length, int target) {
        List<Choice> recent = trial.history()
                .subList(trial.history().size() - length, trial.history().size());
        Choice asked = trial.targets().get(target);
        double joint = 0;
        double evidence = 0;
        int last = trial.choices() - 1;
        for (int before = 0; before < world.interests().size(); before++) {
            for (int after = 0; after < world.interests().size(); after++) {
                for (int change = 1; change <= last + 1; change++) {
                    double drifting = world.population().drifting();
                    double weight = world.share(before) * world.share(after);
                    weight *= change > last ? 1 - drifting : drifting / last;
                    for (Choice choice : recent) {
                        weight *= likelihood(world, choice.position() < change ? before : after, choice);
                    }
                    evidence += weight;
                    joint += weight * likelihood(world, asked.position() < change ? before : after, asked);
                }
            }
        }
        return joint / evidence;
    }

    private static double likelihood(World world, int interest, Choice choice) {
        Interest known = world.interests().get(interest);
        double difference = world.utility(known, choice.chosenScene().index())
                - world.utility(known, choice.rejectedScene().index());
        return 1 / (1 + Math.exp(-difference));
    }

    @Test
    void predictionsMeanWhatTheySay() {
        World world = World.of(22, Population.BROAD);
        List<Trial> trials = Trial.of(world, CATALOGUE, 1, 400, 8, 16);
        Predictions predictions = new IdealObserver(world).observe(trials, new int[] {8}, 1);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < trials.size(); i++) {
            double[] predicted = predictions.probabilities(i, 8);
            for (int t = 0; t < predicted.length; t++) {
                // Centred, so that it does not matter which of the pair is called the first.
                products += (predicted[t] - 0.5) * (side(trials, i, t) - 0.5);
                squares += (predicted[t] - 0.5) * (predicted[t] - 0.5);
            }
        }
        assertEquals(1, products / squares, 0.06, "slope of the true on the predicted probability");
    }

    private static double side(List<Trial> trials, int trial, int target) {
        return trials.get(trial).targets().get(target).probability();
    }

    @Test
    void historyHelpsAndNothingBeatsTheOracle() {
        World world = World.of(23, Population.SHARP);
        List<Trial> trials = Trial.of(world, CATALOGUE, 1, 300, 8, 16);
        Predictions predictions = new IdealObserver(world).observe(trials, LENGTHS, 1);
        double oracle = Arrays.stream(Predictions.oracle(trials)).average().orElseThrow();
        assertTrue(predictions.accuracy(8) > predictions.accuracy(2) + 0.04, predictions.summary());
        assertTrue(predictions.accuracy(2) > predictions.accuracy(0) + 0.005, predictions.summary());
        assertTrue(oracle > predictions.accuracy(8) + 0.03);
        assertTrue(predictions.converged(), predictions.summary());
    }

    @Test
    void whatAPersonIsExpectedToThinkOfScenesAgreesWithWhatTheyArePredictedToChoose() {
        World world = World.of(26, Population.BROAD);
        List<Trial> trials = Trial.of(world, CATALOGUE, 1, 40, 8, 16);
        Predictions predictions = new IdealObserver(world, 256).observe(trials, new int[] {8}, 1);
        int agreeing = 0;
        int asked = 0;
        double nearer = 0;
        for (int i = 0; i < trials.size(); i++) {
            double[] predicted = predictions.probabilities(i, 8);
            SimulatedPerson person = world.person(1 + i, 24);
            for (int t = 0; t < predicted.length; t++) {
                Choice target = trials.get(i).targets().get(t);
                double difference = predictions.utility(i, 8, target.chosenScene())
                        - predictions.utility(i, 8, target.rejectedScene());
                agreeing += difference > 0 == predicted[t] > 0.5 ? 1 : 0;
                asked++;
                double truth = person.utility(target.chosenScene(), target.position())
                        - person.utility(target.rejectedScene(), target.position());
                double average = world.popularity(target.chosenScene()) - world.popularity(target.rejectedScene());
                nearer += Math.pow(average - truth, 2) - Math.pow(difference - truth, 2);
            }
        }
        assertTrue(agreeing >= 0.9 * asked, agreeing + " of " + asked);
        assertTrue(nearer / asked > 0.1, "nearer to the truth than the average by " + nearer / asked);
    }

    @Test
    void withoutHistoryEverybodyIsPredictedTheSame() {
        World world = World.of(24, Population.BROAD);
        Choice asked = world.person(1, 1).choose(CATALOGUE).getFirst();
        Trial one = new Trial(24, List.of(), List.of(asked));
        Trial other = new Trial(24, world.person(2, 8).choose(CATALOGUE, 0, 8), List.of(at(asked, 20)));
        Predictions predictions = new IdealObserver(world).observe(List.of(one, other), new int[] {0}, 1);
        assertEquals(predictions.probabilities(0, 0)[0], predictions.probabilities(1, 0)[0], 1e-5);
    }

    private static Choice at(Choice choice, int position) {
        return new Choice(
                position,
                choice.chosen(),
                choice.rejected(),
                choice.chosenScene(),
                choice.rejectedScene(),
                choice.probability());
    }

    @Test
    void recognisesThePersonsSegmentAfterManyChoices() {
        World world = World.of(25, new Population(4, 0.4, 6, 2, 0.45, 0.2, 8, 0, 0, 0.85));
        List<Trial> trials = Trial.of(world, CATALOGUE, 1, 60, 16, 1);
        Predictions predictions = new IdealObserver(world).observe(trials, new int[] {16}, 1);
        int right = 0;
        for (int i = 0; i < trials.size(); i++) {
            double[] segments = predictions.segments(i, 16);
            int best = 0;
            for (int k = 1; k < segments.length; k++) {
                best = segments[k] > segments[best] ? k : best;
            }
            right += world.person(1 + i, 17).interest(0).includes(best) ? 1 : 0;
        }
        assertTrue(right > 50, right + " of 60");
    }

    @Test
    void threadsDoNotChangeTheAnswer() {
        World world = World.of(26, TINY);
        List<Trial> trials = Trial.of(world, CATALOGUE, 1, 10, 4, 2);
        IdealObserver observer = new IdealObserver(world, 128);
        double[] alone = observer.observe(trials, new int[] {4}, 1).accuracies(4);
        double[] together = observer.observe(trials, new int[] {4}, 3).accuracies(4);
        assertArrayEquals(alone, together);
    }

    @Test
    void tooFewSamplesAreNoticed() {
        World world = World.of(27, new Population(3, 0.4, 3, 0.3, 0.1, 3, 8, 0, 0, 0.95));
        List<Trial> trials = Trial.of(world, CATALOGUE, 1, 60, 16, 8);
        assertFalse(
                new IdealObserver(world, 1).observe(trials, new int[] {16}, 1).converged());
    }
}

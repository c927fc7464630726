package dev.konomi.cli.measure;

import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.SimulatedPerson;
import dev.konomi.gallery.Trial;
import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Bootstrap;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// Whether intervals hold the true probability that a person chooses a picture over the one that is median
/// to them, as often as they say: in 90 % of the cases.
///
/// @param coverage how often they do; a person's figure is over all pictures
/// @param width their mean width
/// @param constantWidth that of intervals around the same probabilities, cut off at 0 and 1, that are as
///   wide on either side for everybody and hold as many
public record Intervals(Estimate coverage, Estimate width, Estimate constantWidth) {
    private static final int MOST_PEOPLE = 300;

    /// @param trials of unseen people over `pictures`
    /// @param people the same people
    /// @param pictures all that are asked about, the subject's first
    /// @return nothing where the release knows no intervals
    static Optional<Intervals> of(
            List<Trial> trials,
            IntFunction<SimulatedPerson> people,
            Catalogue pictures,
            Subject subject,
            Instant last) {
        if (!subject.knowsIntervals()) {
            return Optional.empty();
        }
        int asked = Math.min(MOST_PEOPLE, trials.size());
        double[][] errors = new double[asked][];
        double[][] predicted = new double[asked][];
        double[] covered = new double[asked];
        double[] width = new double[asked];
        for (int i = 0; i < asked; i++) {
            Trial trial = trials.get(i);
            int length = trial.history().size();
            double[] truth = truth(people.apply(i), pictures, length);
            List<Subject.Chance> chances = subject.chances(TrialProtocol.history(trial.history(), length, last));
            errors[i] = new double[truth.length];
            predicted[i] = new double[truth.length];
            for (int z = 0; z < truth.length; z++) {
                Subject.Chance chance = chances.get(z);
                boolean inside = truth[z] >= chance.interval().low()
                        && truth[z] <= chance.interval().high();
                covered[i] += inside ? 1.0 / truth.length : 0;
                width[i] += (chance.interval().high() - chance.interval().low()) / truth.length;
                predicted[i][z] = chance.probability();
                errors[i][z] = Math.abs(truth[z] - chance.probability());
            }
        }
        return Optional.of(new Intervals(
                Bootstrap.DEFAULT.mean(covered),
                Bootstrap.DEFAULT.mean(width),
                Bootstrap.DEFAULT.mean(constant(
                        predicted, errors, Arrays.stream(covered).average().orElseThrow()))));
    }

    private static double[] truth(SimulatedPerson person, Catalogue pictures, int position) {
        double[] utilities = new double[pictures.size()];
        Arrays.setAll(utilities, z -> person.utility(pictures.scene(z), position));
        double[] sorted = utilities.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return Arrays.stream(utilities)
                .map(utility -> 1 / (1 + Math.exp(median - utility)))
                .toArray();
    }

    /// @return mean width for each person
    private static double[] constant(double[][] predicted, double[][] errors, double coverage) {
        double[] sorted =
                Arrays.stream(errors).flatMapToDouble(Arrays::stream).sorted().toArray();
        double side = sorted[(int) Math.min(sorted.length - 1, Math.ceil(coverage * sorted.length))];
        return Arrays.stream(predicted)
                .mapToDouble(each -> Arrays.stream(each)
                        .map(p -> Math.min(1, p + side) - Math.max(0, p - side))
                        .average()
                        .orElseThrow())
                .toArray();
    }
}

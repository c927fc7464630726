package dev.konomi.train.stage;

import dev.konomi.train.dataset.Person;
import java.util.Arrays;
import java.util.List;

/// `o_z`: what people's events say about this very item beyond what its content lets one expect.
/// The mode of `Σ_u Σ_i ω_i log σ(m_i + l_i c_u) − ½ strength Σ_z o_z² − ½ Σ_u c_u²` over offsets
/// `o` and how easily each person likes, `c` (opinions alone; a mean of 0 and a deviation of 1 in
/// log-odds): a logistic model with crossed random effects (Rasch, Probabilistic Models, 1960),
/// `m_i = s(preferred) + o_preferred − s(other) − o_other + l_i · base rate`, `l_i` being 1 for a
/// like, −1 for a dislike, 0 for a choice. It is concave: one Newton step at a time for each
/// offset and each person, until none moves. An item without events has an offset of 0.
///
/// @param strength prior precision: an opinion of even odds has a quarter
record ItemOffsets(double strength) {
    private static final double LENIENCY_PRECISION = 1;
    private static final int SWEEPS = 100;
    private static final double STILL = 1e-5;

    /// A step from far off may overshoot: beyond this one log-odds are flat.
    private static final double LONGEST_STEP = 2;

    /// @param people whose events count
    /// @param expected `s(z)` of every item without a history
    /// @param baseRate log-odds of a like among the opinions
    /// @return `o_z` of every item
    float[] of(List<Person> people, float[] expected, double baseRate) {
        return effects(people, expected, baseRate).offsets();
    }

    /// @return the same with what is known of each
    Effects effects(List<Person> people, float[] expected, double baseRate) {
        return new Fit(people, expected, baseRate).effects();
    }

    /// @param offsets `o_z`, `[N]`
    /// @param information `Σ ω q (1 − q)` over the events of each item, at the mode, `[N]`: a
    ///     quarter for an even one
    record Effects(float[] offsets, double[] information) {}

    /// Observations of all people in one row.
    private final class Fit {
        private final Batch all;
        private final int items;
        private final int[] person;
        private final double[] margin;
        private final int[][] byItem;
        private final int[][] byPerson;

        Fit(List<Person> people, float[] expected, double baseRate) {
            items = expected.length;
            int size =
                    people.stream().mapToInt(one -> one.observations().size()).sum();
            all = Batch.of(
                    List.of(people.stream()
                            .flatMap(one -> one.observations().stream())
                            .toList()),
                    size,
                    0,
                    new int[] {0},
                    items);
            person = new int[size];
            int at = 0;
            for (int p = 0; p < people.size(); p++) {
                int next = at + people.get(p).observations().size();
                Arrays.fill(person, at, next, p);
                at = next;
            }
            margin = new double[size];
            int[] counts = new int[items + 1];
            for (int i = 0; i < size; i++) {
                int preferred = (int) all.preferred()[i];
                int other = (int) all.other()[i];
                margin[i] = at(expected, preferred) - at(expected, other) + all.liked()[i] * baseRate;
                counts[preferred]++;
                counts[other]++;
            }
            byItem = new int[items][];
            for (int item = 0; item < items; item++) {
                byItem[item] = new int[counts[item]];
            }
            byPerson = new int[people.size()][];
            for (int p = 0; p < byPerson.length; p++) {
                byPerson[p] = new int[people.get(p).observations().size()];
            }
            int[] filled = new int[items + 1];
            int[] filledPeople = new int[byPerson.length];
            for (int i = 0; i < size; i++) {
                for (long item : new long[] {all.preferred()[i], all.other()[i]}) {
                    if (item < items) {
                        byItem[(int) item][filled[(int) item]++] = i;
                    }
                }
                byPerson[person[i]][filledPeople[person[i]]++] = i;
            }
        }

        Effects effects() {
            double[] offset = new double[items];
            double[] leniency = new double[byPerson.length];
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                double moved = 0;
                for (int p = 0; p < leniency.length; p++) {
                    moved = Math.max(moved, move(leniency, p, byPerson[p], LENIENCY_PRECISION, i -> all.liked()[i]));
                }
                for (int item = 0; item < items; item++) {
                    int one = item;
                    moved = Math.max(
                            moved, move(offset, item, byItem[item], strength, i -> all.preferred()[i] == one ? 1 : -1));
                }
                if (moved < STILL) {
                    break;
                }
            }
            float[] offsets = new float[items];
            double[] information = new double[items];
            for (int item = 0; item < items; item++) {
                offsets[item] = (float) offset[item];
                for (int i : byItem[item]) {
                    double surprise = 1 / (1 + Math.exp(margin[i]));
                    information[item] += all.weight()[i] * surprise * (1 - surprise);
                }
            }
            return new Effects(offsets, information);
        }

        private interface Sign {
            double of(int observation);
        }

        /// @return how far the effect moved
        private double move(double[] effects, int effect, int[] observations, double precision, Sign sign) {
            double gradient = -precision * effects[effect];
            double curvature = precision;
            for (int i : observations) {
                double surprise = 1 / (1 + Math.exp(margin[i]));
                double by = sign.of(i);
                gradient += all.weight()[i] * by * surprise;
                curvature += all.weight()[i] * by * by * surprise * (1 - surprise);
            }
            double step = Math.clamp(gradient / curvature, -LONGEST_STEP, LONGEST_STEP);
            effects[effect] += step;
            for (int i : observations) {
                margin[i] += sign.of(i) * step;
            }
            return Math.abs(step);
        }
    }

    private static double at(float[] expected, int item) {
        return item < expected.length ? expected[item] : 0;
    }
}

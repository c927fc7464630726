package dev.konomi.train.stage;

import dev.konomi.train.dataset.Person;
import java.util.List;

/// `o_z`: what people's events say about this very item beyond what its content lets one expect. One Newton step from
/// zero on the log-posterior with prior `N(0, 1/strength)`:
/// `o_z = Σ r_i / (strength + Σ q_i (1 − q_i))`, with `r_i = 1 − q_i` where the item was preferred,
/// `−(1 − q_i)` where it was not, and `q_i = σ(b(preferred) − b(other))`. An item without events has none.
///
/// @param strength prior precision, in observations of even odds times a quarter
record ItemOffsets(double strength) {
    /// @param people whose events count
    /// @param appeal `b(z)` of every item
    /// @param baseRate log-odds of a like among the opinions
    /// @return `o_z` of every item
    float[] of(List<Person> people, float[] appeal, double baseRate) {
        double[] residual = new double[appeal.length + 1];
        double[] information = new double[appeal.length + 1];
        for (Person person : people) {
            Batch row = Batch.ofPeople(List.of(person), person.observations().size(), 0, new int[] {0}, appeal.length);
            for (int i = 0; i < row.length(); i++) {
                int preferred = (int) row.preferred()[i];
                int other = (int) row.other()[i];
                double margin = at(appeal, preferred) - at(appeal, other) + row.liked()[i] * baseRate;
                double surprise = 1 / (1 + Math.exp(margin));
                residual[preferred] += row.weight()[i] * surprise;
                residual[other] -= row.weight()[i] * surprise;
                information[preferred] += row.weight()[i] * surprise * (1 - surprise);
                information[other] += row.weight()[i] * surprise * (1 - surprise);
            }
        }
        float[] offsets = new float[appeal.length];
        for (int item = 0; item < offsets.length; item++) {
            offsets[item] = (float) (residual[item] / (strength + information[item]));
        }
        return offsets;
    }

    private static double at(float[] appeal, int item) {
        return item < appeal.length ? appeal[item] : 0;
    }
}

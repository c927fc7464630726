package dev.konomi.gallery;

/// What the ideal observer adds up over its samples for one person and one history length.
final class Sums {
    final double[] joint;
    final double[] interests;
    /// Of each attribute value, `[VALUES]`.
    final double[] deviations = new double[Attribute.VALUES];
    double evidence;
    double squares;

    Sums(int targets, int interests) {
        this.joint = new double[targets];
        this.interests = new double[interests];
    }

    void addEvidence(float[] weights) {
        for (float weight : weights) {
            evidence += weight;
            squares += (double) weight * weight;
        }
    }

    void addJoint(int target, float[] weights) {
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        joint[target] += sum;
    }

    Sums copy() {
        Sums copy = new Sums(joint.length, interests.length);
        System.arraycopy(joint, 0, copy.joint, 0, joint.length);
        System.arraycopy(interests, 0, copy.interests, 0, interests.length);
        System.arraycopy(deviations, 0, copy.deviations, 0, deviations.length);
        copy.evidence = evidence;
        copy.squares = squares;
        return copy;
    }

    /// For each target the probability that the chosen picture is preferred.
    double[] probabilities() {
        double[] probabilities = joint.clone();
        for (int t = 0; t < joint.length; t++) {
            probabilities[t] /= evidence;
        }
        return probabilities;
    }

    /// The posterior of each interest.
    double[] posterior() {
        double[] posterior = interests.clone();
        for (int j = 0; j < posterior.length; j++) {
            posterior[j] /= evidence;
        }
        return posterior;
    }

    /// What the person's own deviation adds to each attribute value, expected.
    double[] deviation() {
        double[] expected = deviations.clone();
        for (int value = 0; value < expected.length; value++) {
            expected[value] /= evidence;
        }
        return expected;
    }

    /// Kish's effective number of samples, `(Σ w)² / Σ w²`.
    double effective() {
        return evidence * evidence / squares;
    }
}

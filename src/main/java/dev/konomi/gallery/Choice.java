package dev.konomi.gallery;

/// A person preferred one picture of a catalogue to another.
///
/// @param position the choice's place in the person's sequence, from 0; below 0 for one that was made before it began
/// @param chosen number of the picture that was preferred
/// @param rejected number of the other picture
/// @param chosenScene what the preferred picture shows
/// @param rejectedScene what the other picture shows
/// @param probability the probability with which the simulated person prefers `chosen` to `rejected` at this position;
///   not a secret of the trainer's test data, but never given to a model
public record Choice(
        int position, int chosen, int rejected, Scene chosenScene, Scene rejectedScene, double probability) {
    /// @throws IllegalArgumentException if the probability is none
    public Choice {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a choice with probability " + probability);
        }
    }

    /// The expected share of correct answers for predicting that `chosen` is preferred with probability `predicted`:
    /// the chance that the person, asked again, agrees with the prediction.
    public double expectedAccuracy(double predicted) {
        return predicted > 0.5 ? probability : predicted < 0.5 ? 1 - probability : 0.5;
    }
}

package dev.konomi.cli.pilot;

/// How much of everything a pilot makes.
///
/// @param people who make choices that the model learns from
/// @param choices a person makes
/// @param unseenPeople who the model is judged on
/// @param images in the catalogue that people choose from
/// @param heldOutImages of attribute combinations that no training image shows; the unseen people see only these
/// @param scorings in a row, after which the serving process's resident memory is read
/// @param idealSamples samples of the ideal observer: fewer people need more of them to tell whether they suffice
/// @param quick true for the trainer's short plan
public record PilotScale(
        int people,
        int choices,
        int unseenPeople,
        int images,
        int heldOutImages,
        int scorings,
        int idealSamples,
        boolean quick) {
    /// Pairs in an unseen person's history.
    public static final int HISTORY = 8;

    /// Pairs that an unseen person is asked about.
    public static final int TARGETS = 16;

    /// History lengths that accuracy is printed for.
    static final int[] LENGTHS = {0, 1, 2, 4, HISTORY};

    /// What the numbers are judged at.
    public static final PilotScale FULL = new PilotScale(4_000, 40, 1_000, 3_000, 1_000, 10_000, 1_024, false);

    /// For continuous integration: everything happens, no number is judged.
    public static final PilotScale QUICK = new PilotScale(1_500, 24, 200, 700, 250, 1_000, 2_048, true);
}

package dev.konomi.cli.study;

/// The same people with and without the world's general appeal, which Konomi has to learn: told to the latent-class
/// logit
/// (`L′`), to neither (Konomi `K` beside `L`), or to both (`K′` beside `L′`). So a difference between `K` and `L′`
/// parts
/// into what the appeal is worth and what the model is.
///
/// @param latentClass `L′`, accuracies after all of [Curve#LENGTHS]; none in runs of before, or of variants that are
/// not
///     compared with it
/// @param latentClassUntold `L`, after [Curve#LATE] pairs
/// @param konomi `K′`, after [Curve#LATE] pairs
record Told(Curve latentClass, Curve latentClassUntold, Curve konomi) {
    /// Nobody was told anything.
    static final Told NOBODY = new Told(Curve.NONE, Curve.NONE, Curve.NONE);

    boolean whole() {
        return latentClass.whole() && latentClassUntold.has(Curve.LATE) && konomi.has(Curve.LATE);
    }

    /// @return whether nobody was asked, or as many people
    boolean of(int people) {
        return of(latentClass, people) && of(latentClassUntold, people) && of(konomi, people);
    }

    private static boolean of(Curve curve, int people) {
        return curve.people() == 0 || curve.people() == people;
    }
}

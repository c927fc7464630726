package dev.konomi.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Words that ask for a picture and name only part of what it shows.
///
/// @param text the words
/// @param language their language
public record Prompt(String text, Language language) {
    private static final double NAMES_THEME = 0.95;

    /// A prompt for `scene` that names its theme nearly always and up to two of its other attributes, never all.
    public static Prompt of(Scene scene, Language language, long seed) {
        SplittableRandom random = Seed.random(seed, "prompt");
        boolean theme = random.nextDouble() < NAMES_THEME;
        List<Attribute> others =
                new ArrayList<>(List.of(Attribute.PALETTE, Attribute.STYLE, Attribute.COMPOSITION, Attribute.DETAIL));
        int count = Math.max(random.nextInt(3), theme ? 0 : 1);
        while (others.size() > count) {
            others.remove(random.nextInt(others.size()));
        }
        Wording wording = new Wording(language, random);
        Optional<String> subject = theme ? Optional.of(wording.choose(scene, Attribute.THEME)) : Optional.empty();
        return new Prompt(wording.sentence(scene, subject, others), language);
    }

    /// What a text names; of two values of an attribute the first counts, unknown words are ignored.
    public static PartialScene read(String text) {
        return Vocabulary.read(text);
    }

    /// What this prompt names.
    public PartialScene named() {
        return read(text);
    }
}

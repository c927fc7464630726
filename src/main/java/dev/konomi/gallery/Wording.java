package dev.konomi.gallery;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Puts what a prompt names into a phrase of its language.
final class Wording {
    private final Language language;
    private final SplittableRandom random;

    Wording(Language language, SplittableRandom random) {
        this.language = language;
        this.random = random;
    }

    /// One of the words for the scene's value, the usual one half of the time.
    String choose(Scene scene, Attribute attribute) {
        List<String> words = scene.term(attribute).words(language);
        return words.get(random.nextBoolean() ? 0 : random.nextInt(words.size()));
    }

    /// @param subject the theme's word, or nothing where the theme is not named
    /// @param others the other attributes to name
    String sentence(Scene scene, Optional<String> subject, List<Attribute> others) {
        return language == Language.ENGLISH ? english(scene, subject, others) : japanese(scene, subject, others);
    }

    private String english(Scene scene, Optional<String> subject, List<Attribute> others) {
        StringBuilder text = new StringBuilder(subject.orElse(pick("something nice", "surprise me", "a picture")));
        for (Attribute attribute : others) {
            String word = choose(scene, attribute);
            switch (attribute) {
                case PALETTE ->
                    text.append(pick(" in ", ", all in ", ", colours: ")).append(word);
                case STYLE -> text.append(pick(", ", " as ", ", style: ")).append(word);
                case COMPOSITION, DETAIL, THEME -> text.append(", ").append(word);
            }
        }
        return text.toString();
    }

    private String japanese(Scene scene, Optional<String> subject, List<Attribute> others) {
        StringBuilder text = new StringBuilder();
        for (Attribute attribute : others) {
            text.append(choose(scene, attribute)).append(attribute == Attribute.PALETTE ? pick("の", "を基調に、") : "、");
        }
        return text.append(subject.orElse(pick("おまかせ", "何かすてきなもの", "作品"))).toString();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

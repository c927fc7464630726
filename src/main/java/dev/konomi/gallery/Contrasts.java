package dev.konomi.gallery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A catalogue with additional pictures, each of which has a twin for every attribute that is
/// tested: all the same, down to the painter's seed and what the prompt names, but for that
/// attribute's value. All of them show held-out combinations.
///
/// @param catalogue the catalogue that was extended, and after its pictures the additional ones
/// @param first number of the first additional picture
/// @param pairs by attribute: pictures that differ in nothing else
public record Contrasts(Catalogue catalogue, int first, Map<Attribute, List<Pair>> pairs) {
    /// What people's taste is tested on by itself.
    public static final List<Attribute> ATTRIBUTES =
            List.of(Attribute.THEME, Attribute.COMPOSITION, Attribute.STYLE, Attribute.PALETTE);

    public Contrasts {
        Map<Attribute, List<Pair>> copy = new EnumMap<>(Attribute.class);
        pairs.forEach((attribute, of) -> copy.put(attribute, List.copyOf(of)));
        pairs = Collections.unmodifiableMap(copy);
    }

    /// Two pictures that differ in one attribute.
    ///
    /// @param one number of a picture
    /// @param other number of its twin
    public record Pair(int one, int other) {}

    /// Draws `scenes` pictures and a twin for each of [#ATTRIBUTES].
    ///
    /// @param base whose numbers stay what they are
    /// @param scenes at least 1
    public static Contrasts beside(Catalogue base, long seed, int scenes) {
        if (scenes < 1) {
            throw new IllegalArgumentException(scenes + " scenes to make twins of: give at least 1");
        }
        SplittableRandom random = Seed.random(seed, "contrasts");
        List<Picture> pictures = new ArrayList<>(base.pictures());
        Map<Attribute, List<Pair>> pairs = new EnumMap<>(Attribute.class);
        while (pictures.size() < base.size() + scenes * (1 + ATTRIBUTES.size())) {
            Scene scene = Scene.of(random.nextInt(Scene.COUNT));
            List<Scene> twins = ATTRIBUTES.stream()
                    .flatMap(attribute -> twin(scene, attribute, random).stream())
                    .toList();
            Language language = random.nextBoolean() ? Language.JAPANESE : Language.ENGLISH;
            long promptSeed = random.nextLong();
            long paintSeed = random.nextLong();
            if (!scene.heldOut() || twins.size() < ATTRIBUTES.size()) {
                continue;
            }
            int number = pictures.size();
            pictures.add(picture(number, scene, paintSeed, promptSeed, language));
            for (int a = 0; a < ATTRIBUTES.size(); a++) {
                pairs.computeIfAbsent(ATTRIBUTES.get(a), _ -> new ArrayList<>()).add(new Pair(number, pictures.size()));
                pictures.add(picture(pictures.size(), twins.get(a), paintSeed, promptSeed, language));
            }
        }
        return new Contrasts(Catalogue.of(pictures), base.size(), pairs);
    }

    private static Picture picture(int number, Scene scene, long paintSeed, long promptSeed, Language language) {
        return new Picture(
                number, scene, paintSeed, Prompt.of(scene, language, promptSeed).text(), language);
    }

    /// @return the scene with another value of `attribute`, of those that are held out; empty
    ///   where none is
    private static List<Scene> twin(Scene scene, Attribute attribute, SplittableRandom random) {
        List<Scene> heldOut = new ArrayList<>();
        for (int value = 0; value < attribute.size(); value++) {
            Scene other = scene.with(attribute, value);
            if (value != scene.value(attribute) && other.heldOut()) {
                heldOut.add(other);
            }
        }
        return heldOut.isEmpty() ? List.of() : List.of(heldOut.get(random.nextInt(heldOut.size())));
    }

    /// Asks a person who has made a history's choices about twins: `each` pairs of each of
    /// [#ATTRIBUTES], one attribute after the other.
    ///
    /// @param person with enough choices left after the history
    /// @param history whose targets are replaced
    /// @param number of the person, on which it depends which twins they are shown
    /// @return a trial over [#catalogue()]
    public Trial ask(SimulatedPerson person, Trial history, long number, int each) {
        SplittableRandom random = Seed.random(first, "contrast", number);
        int position = history.history().size();
        List<Choice> targets = new ArrayList<>();
        for (Attribute attribute : ATTRIBUTES) {
            List<Pair> twins = pairs.getOrDefault(attribute, List.of());
            for (int i = 0; i < each; i++) {
                Pair pair = twins.get(random.nextInt(twins.size()));
                targets.add(person.choose(catalogue, pair.one(), pair.other(), position++, random));
            }
        }
        return new Trial(history.choices(), history.history(), targets);
    }
}

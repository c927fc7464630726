package dev.konomi.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The finite gallery that people choose from.
///
/// @param pictures by number
/// @param byTheme the numbers of the pictures of each theme
public record Catalogue(List<Picture> pictures, List<List<Integer>> byTheme) {
    /// Two pictures are shown side by side with the same theme in this share of choices.
    public static final double SAME_THEME = 0.7;

    public Catalogue {
        pictures = List.copyOf(pictures);
        byTheme = byTheme.stream().map(List::copyOf).toList();
        if (pictures.size() < 2) {
            throw new IllegalArgumentException(
                    "a catalogue of " + pictures.size() + " pictures offers no choice: make at least 2");
        }
    }

    /// `count` pictures of random scenes, every second one with a Japanese prompt on average.
    ///
    /// @param heldOut true for a catalogue of held-out combinations only, false for one without any
    /// @throws IllegalArgumentException if `count` is less than 2
    public static Catalogue of(long seed, int count, boolean heldOut) {
        SplittableRandom random = Seed.random(seed, "catalogue", heldOut ? 1 : 0);
        List<Picture> pictures = new ArrayList<>(Math.max(count, 0));
        for (int number = 0; number < count; number++) {
            Scene scene;
            do {
                scene = Scene.of(random.nextInt(Scene.COUNT));
            } while (scene.heldOut() != heldOut);
            Language language = random.nextBoolean() ? Language.JAPANESE : Language.ENGLISH;
            Prompt prompt = Prompt.of(scene, language, random.nextLong());
            pictures.add(new Picture(number, scene, random.nextLong(), prompt.text(), language));
        }
        return of(pictures);
    }

    /// A catalogue of these pictures, whose numbers must be their positions.
    public static Catalogue of(List<Picture> pictures) {
        List<List<Integer>> byTheme = new ArrayList<>();
        for (int theme = 0; theme < Attribute.THEME.size(); theme++) {
            byTheme.add(new ArrayList<>());
        }
        for (int number = 0; number < pictures.size(); number++) {
            Picture picture = pictures.get(number);
            if (picture.number() != number) {
                throw new IllegalArgumentException("picture " + picture.number() + " stands at " + number);
            }
            byTheme.get(picture.scene().theme()).add(number);
        }
        return new Catalogue(pictures, byTheme);
    }

    public int size() {
        return pictures.size();
    }

    public Picture picture(int number) {
        return pictures.get(number);
    }

    public Scene scene(int number) {
        return pictures.get(number).scene();
    }

    /// Two different pictures, of the same theme in [#SAME_THEME] of the draws; a theme with a single picture gives
    /// way to any other picture.
    Pair pair(SplittableRandom random) {
        boolean sameTheme = random.nextDouble() < SAME_THEME;
        int one = random.nextInt(size());
        List<Integer> alike = byTheme.get(scene(one).theme());
        int other;
        do {
            other = sameTheme && alike.size() > 1 ? alike.get(random.nextInt(alike.size())) : random.nextInt(size());
        } while (other == one);
        return new Pair(one, other);
    }

    /// @param one number of a picture
    /// @param other number of another picture
    record Pair(int one, int other) {}
}

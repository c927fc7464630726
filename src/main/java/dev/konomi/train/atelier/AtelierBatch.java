package dev.konomi.train.atelier;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Language;
import dev.konomi.gallery.PartialScene;
import dev.konomi.gallery.Prompt;
import dev.konomi.gallery.Scene;
import dev.konomi.item.HashedTokenizer;
import dev.konomi.item.Pixels;
import dev.konomi.train.atelier.procedural.Kind;
import dev.konomi.train.atelier.procedural.ProceduralPicture;
import dev.konomi.train.atelier.procedural.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// One step's `B` paintings, `P` procedural pictures and texts as arrays.
///
/// @param pixels `[B + P, edge, edge, 3]`, normalised, shifted and brightened a little: paintings, then procedural
/// pictures
/// @param pictureTargets `[B, 59]`: one value of each attribute
/// @param statistics `[B + P, 18]`
/// @param kinds `[P, 23]`: 1 for what a procedural picture is made as
/// @param traits `[P, 17]`: what it was made from, 0 where it has no such trait
/// @param traitsKnown `[P, 17]`: 1 where it has
/// @param ids `[2B, ids]`: a prompt for each picture, then as many for other scenes
/// @param textTargets `[2B, 59]`: one value of each attribute that a prompt names; of the others all, at a tenth of the
///     weight together, so that a text does not claim what it leaves open
/// @param matches `[B, B]`: 1 where the picture of the row shows all that the prompt of the column names
record AtelierBatch(
        float[] pixels,
        float[] pictureTargets,
        float[] statistics,
        float[] kinds,
        float[] traits,
        float[] traitsKnown,
        long[] ids,
        float[] textTargets,
        float[] matches) {
    static final float MEAN = 0.5f;
    static final float DEVIATION = 0.25f;

    private static final float LEFT_OPEN = 0.1f;

    /// Pictures move by up to this many pixels; they are neither mirrored nor recoloured, since people have tastes in
    /// composition and palette.
    private static final int SHIFT = 4;

    static AtelierBatch draw(
            Paintings paintings,
            int available,
            int size,
            int procedural,
            TowerShape shape,
            HashedTokenizer tokenizer,
            SplittableRandom random) {
        int edge = shape.edge();
        int values = 3 * edge * edge;
        float[] pixels = new float[(size + procedural) * values];
        float[] pictureTargets = new float[size * Attribute.VALUES];
        float[] statistics = new float[(size + procedural) * PictureStatistics.COUNT];
        long[] ids = new long[2 * size * tokenizer.length()];
        float[] textTargets = new float[2 * size * Attribute.VALUES];
        float[] matches = new float[size * size];
        List<Scene> scenes = new ArrayList<>();
        List<PartialScene> named = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            int number = random.nextInt(available);
            Scene scene = paintings.scene(number);
            scenes.add(scene);
            Pixels picture = vary(paintings.read(number), random);
            picture.normalise(MEAN, DEVIATION, pixels, k * values);
            System.arraycopy(
                    PictureStatistics.of(picture), 0, statistics, k * PictureStatistics.COUNT, PictureStatistics.COUNT);
            for (Attribute attribute : Attribute.values()) {
                pictureTargets[k * Attribute.VALUES + attribute.offset() + scene.value(attribute)] = 1;
            }
        }
        float[] kinds = new float[procedural * Kind.COUNT];
        float[] traits = new float[procedural * Trait.COUNT];
        float[] traitsKnown = new float[procedural * Trait.COUNT];
        for (int k = 0; k < procedural; k++) {
            ProceduralPicture made = ProceduralPicture.draw(random, edge);
            made.pixels().normalise(MEAN, DEVIATION, pixels, (size + k) * values);
            System.arraycopy(
                    PictureStatistics.of(made.pixels()),
                    0,
                    statistics,
                    (size + k) * PictureStatistics.COUNT,
                    PictureStatistics.COUNT);
            kinds[k * Kind.COUNT + made.kind().ordinal()] = 1;
            for (int trait = 0; trait < Trait.COUNT; trait++) {
                boolean known = !Float.isNaN(made.traits()[trait]);
                traits[k * Trait.COUNT + trait] = known ? made.traits()[trait] : 0;
                traitsKnown[k * Trait.COUNT + trait] = known ? 1 : 0;
            }
        }
        for (int k = 0; k < 2 * size; k++) {
            Scene scene = k < size ? scenes.get(k) : learnable(random);
            Prompt prompt =
                    Prompt.of(scene, random.nextBoolean() ? Language.JAPANESE : Language.ENGLISH, random.nextLong());
            System.arraycopy(tokenizer.ids(prompt.text()), 0, ids, k * tokenizer.length(), tokenizer.length());
            named.add(prompt.named());
            textTargets(prompt.named(), textTargets, k * Attribute.VALUES);
        }
        for (int picture = 0; picture < size; picture++) {
            for (int text = 0; text < size; text++) {
                matches[picture * size + text] = named.get(text).matches(scenes.get(picture)) ? 1 : 0;
            }
        }
        return new AtelierBatch(
                pixels, pictureTargets, statistics, kinds, traits, traitsKnown, ids, textTargets, matches);
    }

    private static Scene learnable(SplittableRandom random) {
        Scene scene;
        do {
            scene = Scene.of(random.nextInt(Scene.COUNT));
        } while (scene.heldOut());
        return scene;
    }

    private static void textTargets(PartialScene named, float[] to, int offset) {
        for (Attribute attribute : Attribute.values()) {
            int from = offset + attribute.offset();
            named.value(attribute)
                    .ifPresentOrElse(
                            term -> to[from + term.ordinal()] = 1,
                            () -> Arrays.fill(to, from, from + attribute.size(), LEFT_OPEN / attribute.size()));
        }
    }

    private static Pixels vary(Pixels picture, SplittableRandom random) {
        int edge = picture.width();
        int right = random.nextInt(-SHIFT, SHIFT + 1);
        int down = random.nextInt(-SHIFT, SHIFT + 1);
        double light = random.nextDouble(0.95, 1.05);
        byte[] from = picture.rgb();
        byte[] to = new byte[from.length];
        for (int y = 0; y < edge; y++) {
            int row = Math.clamp(y - down, 0, edge - 1);
            for (int x = 0; x < edge; x++) {
                int at = 3 * (row * edge + Math.clamp(x - right, 0, edge - 1));
                for (int c = 0; c < 3; c++) {
                    to[3 * (y * edge + x) + c] = (byte) Math.min(255, (int) Math.round(light * (from[at + c] & 0xFF)));
                }
            }
        }
        return new Pixels(edge, edge, to);
    }
}

package dev.konomi.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Language;
import dev.konomi.gallery.Prompt;
import dev.konomi.gallery.Scene;
import dev.konomi.gallery.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Tastes over what pictures show, named from prompts that tell only part of it, every other one in Japanese.
class TokenNamingInTheGalleryTest {
    private static final List<Term> TERMS = Arrays.stream(Attribute.values())
            .<Term>flatMap(attribute -> attribute.terms().stream())
            .toList();
    private static final int M = 12;

    @Test
    void namesTellWhatTheirPeopleLike() {
        SplittableRandom random = new SplittableRandom(5);
        List<TokenNaming.Item> items = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            items.add(item(random, i));
        }
        float[][] vectors = new float[M][TERMS.size()];
        double[] priors = new double[M];
        Arrays.fill(priors, 1.0 / M);
        for (float[] vector : vectors) {
            for (int k = 0; k < vector.length; k++) {
                vector[k] = (float)
                        (random.nextDouble() < 0.2
                                ? (random.nextBoolean() ? 1 : -1) * (0.6 + random.nextDouble())
                                : 0.15 * random.nextGaussian());
            }
        }
        TokenBook book = new TokenNaming().book(vectors, priors, new int[M], items);
        Map<String, Set<Integer>> meanings = meanings();
        int right = 0;
        int all = 0;
        for (int m = 0; m < M; m++) {
            for (TokenCard.Concept word : book.tokens().get(m).words()) {
                float[] vector = vectors[m];
                double weight = meanings.getOrDefault(word.id(), Set.of()).stream()
                        .mapToDouble(k -> vector[k])
                        .max()
                        .orElse(0);
                all++;
                right += word.liked() == weight > 0 && Math.abs(weight) > 0.25 ? 1 : 0;
            }
        }
        assertTrue(all >= 6 * M, all + " words were found");
        assertTrue(right >= 0.9 * all, right + " of " + all + " words say what was meant");
        assertEquals(
                M,
                new HashSet<>(book.tokens().stream()
                                .map(token -> token.name().ja())
                                .toList())
                        .size());
    }

    private static TokenNaming.Item item(SplittableRandom random, int number) {
        Scene scene = Scene.of(random.nextInt(Scene.COUNT));
        Language language = number % 2 == 0 ? Language.ENGLISH : Language.JAPANESE;
        float[] features = new float[TERMS.size()];
        for (int k = 0; k < features.length; k++) {
            Term term = TERMS.get(k);
            features[k] = (scene.term(term.attribute()) == term ? 1 : 0) + 0.3f * (float) random.nextGaussian();
        }
        String text = Prompt.of(scene, language, number).text();
        return new TokenNaming.Item("%064x".formatted(number), List.of(text), features);
    }

    /// @return which terms each concept of the lexicon stands for
    private static Map<String, Set<Integer>> meanings() {
        Map<String, Set<Integer>> meanings = new HashMap<>();
        Lexicon lexicon = Lexicon.shipped();
        for (int k = 0; k < TERMS.size(); k++) {
            for (Language language : Language.values()) {
                for (String word : TERMS.get(k).words(language)) {
                    for (Lexicon.Entry entry : lexicon.read(word).concepts()) {
                        meanings.computeIfAbsent(entry.id(), id -> new HashSet<>())
                                .add(k);
                    }
                }
            }
        }
        return meanings;
    }
}

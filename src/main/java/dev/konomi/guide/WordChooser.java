package dev.konomi.guide;

import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.Taste;
import dev.konomi.taste.TasteModel;
import dev.konomi.token.Lexicon;
import dev.konomi.token.TokenBook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Chooses words for a prompt by what they do to the score of what the prompt asks for.
///
/// A prompt `p` is read by the encoder's text side, `x_p`, and scored by the release like a picture that shows just
/// what
/// the words say, `s(u, p) = h_u·g(x_p) + b(x_p)`. The gain of a word `c` is
///
/// `Δ_c = s(u, p + c) − s(u, p)`, of which `Δ⁰_c` is that of somebody without a history, `h_0` in place of `h_u`.
///
/// The word with the largest gain is added, then the best beside that one. Only words are considered that the release's
/// tokens are described by: the tenant's own texts and pictures have them, so that generators and people know them.
/// What the prompt names stands: a word of a kind that it names (a style, where it names one) is not
/// considered, and of each kind one is added. Words to avoid are those that lose most beside the prompt as it was.
public final class WordChooser {
    /// How many words are added at most.
    public static final int MOST = 4;

    private static final int MOST_AVOIDED = 4;

    /// Of a weight: a word that does less is not worth the letters.
    private static final double LEAST = 0.05;

    private static final Lexicon LEXICON = Lexicon.shipped();
    private static final Map<String, Lexicon.Kind> KINDS =
            LEXICON.entries().stream().collect(Collectors.toMap(Lexicon.Entry::id, Lexicon.Entry::kind));

    private final TasteModel model;
    private final ItemEncoder encoder;
    private final List<Lexicon.Entry> words;
    private final float[][] tokens;
    private final double temperature;

    /// @param model a release's
    /// @param encoder whose encodings the release takes
    /// @param book the release's tokens
    /// @param temperature the release's `T`
    public WordChooser(TasteModel model, ItemEncoder encoder, TokenBook book, double temperature) {
        this.model = model;
        this.encoder = encoder;
        this.words = words(book);
        this.tokens = model.tokens();
        this.temperature = temperature;
    }

    private static List<Lexicon.Entry> words(TokenBook book) {
        return book.tokens().stream()
                .flatMap(card -> card.words().stream())
                .map(word -> new Lexicon.Entry(
                        word.id(), KINDS.getOrDefault(word.id(), Lexicon.Kind.WORD), word.en(), word.ja()))
                .distinct()
                .sorted(Comparator.comparing(Lexicon.Entry::id))
                .toList();
    }

    /// @param taste the person's
    /// @param nobody of somebody without a history, `h_0`
    /// @param prompt what is asked for
    /// @return words for it; none where the encoder reads no text
    public Guidance choose(Taste taste, Taste nobody, String prompt) {
        PromptLanguage language = PromptLanguage.of(prompt);
        Search search = new Search(taste, nobody, prompt, language);
        List<Guidance.Word> positive = search.positive();
        List<Guidance.Word> avoided = search.avoided();
        return new Guidance(
                language,
                language.with(prompt, entries(positive)),
                language.with("", entries(avoided)),
                positive,
                avoided);
    }

    private static List<Lexicon.Entry> entries(List<Guidance.Word> words) {
        return words.stream().map(Guidance.Word::entry).toList();
    }

    private static Set<Lexicon.Kind> kinds(String prompt) {
        return LEXICON.read(prompt).concepts().stream()
                .map(Lexicon.Entry::kind)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Lexicon.Kind.class)));
    }

    /// One prompt's words.
    private final class Search {
        private final Taste taste;
        private final Taste nobody;
        private final String prompt;
        private final PromptLanguage language;
        private final List<Guidance.Word> first;

        Search(Taste taste, Taste nobody, String prompt, PromptLanguage language) {
            this.taste = taste;
            this.nobody = nobody;
            this.prompt = prompt;
            this.language = language;
            Set<Lexicon.Kind> named = kinds(prompt);
            first = beside(
                    List.of(),
                    words.stream().filter(word -> !named.contains(word.kind())).toList());
        }

        List<Guidance.Word> avoided() {
            return first.stream()
                    .filter(word -> word.weight() <= -LEAST)
                    .sorted(Comparator.comparingDouble(Guidance.Word::weight))
                    .limit(MOST_AVOIDED)
                    .toList();
        }

        List<Guidance.Word> positive() {
            List<Guidance.Word> chosen = new ArrayList<>();
            List<Guidance.Word> left = first;
            while (chosen.size() < MOST && !left.isEmpty()) {
                Guidance.Word best = Collections.max(left, Comparator.comparingDouble(Guidance.Word::weight));
                if (best.weight() < LEAST) {
                    break;
                }
                chosen.add(best);
                left = beside(
                        entries(chosen),
                        entries(left).stream()
                                .filter(word -> word.kind() != best.entry().kind())
                                .toList());
            }
            return chosen;
        }

        /// @return each word beside the prompt and the words that were chosen before it
        private List<Guidance.Word> beside(List<Lexicon.Entry> chosen, List<Lexicon.Entry> others) {
            if (others.isEmpty()) {
                return List.of();
            }
            String before = language.with(prompt, chosen);
            List<ItemContent> texts = new ArrayList<>();
            texts.add(new ItemContent(null, before, List.of()));
            others.forEach(word -> texts.add(new ItemContent(null, language.with(before, List.of(word)), List.of())));
            List<Encoding> read = encoder.encode(texts);
            if (read.getFirst().text() == null) {
                return List.of();
            }
            ItemVectors items = model.items(read.stream()
                    .map(encoding -> new Encoding(encoding.text(), encoding.text()))
                    .toList());
            return IntStream.range(0, others.size())
                    .mapToObj(i -> word(others.get(i), items, i + 1))
                    .toList();
        }

        private Guidance.Word word(Lexicon.Entry entry, ItemVectors items, int at) {
            float[] change = new float[items.features()[0].length];
            for (int k = 0; k < change.length; k++) {
                change[k] = items.features()[at][k] - items.features()[0][k];
            }
            double general = dot(nobody.vector(), change) + items.appeal()[at] - items.appeal()[0];
            double own = dot(taste.own(), change) - dot(nobody.own(), change);
            double[] parts = new double[tokens.length];
            double gain = general + own;
            for (int m = 0; m < parts.length; m++) {
                parts[m] = (taste.activations()[m] - nobody.activations()[m]) * dot(tokens[m], change);
                gain += parts[m];
            }
            return new Guidance.Word(entry, Math.tanh(gain / temperature / 2), general, own, parts);
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }
}

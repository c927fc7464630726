package dev.konomi.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds the words of all attributes in a text of either language.
public final class Vocabulary {
    private record Entry(String word, Term term) {}

    private record Found(int at, Term term) {}

    /// Longest first, so that "woodcut" (木版画) is not read as "tree" (木).
    private static final List<Entry> ENTRIES = Arrays.stream(Attribute.values())
            .flatMap(attribute -> attribute.terms().stream())
            .flatMap(term -> Arrays.stream(Language.values())
                    .flatMap(language -> term.words(language).stream())
                    .map(word -> new Entry(word.toLowerCase(Locale.ROOT), term)))
            .sorted(Comparator.comparingInt((Entry entry) -> -entry.word().length())
                    .thenComparing(Entry::word))
            .toList();

    private Vocabulary() {}

    /// What `text` names, in the order of the text; each letter is read as part of one word only.
    public static PartialScene read(String text) {
        StringBuilder rest = new StringBuilder(text.toLowerCase(Locale.ROOT));
        List<Found> found = new ArrayList<>();
        for (Entry entry : ENTRIES) {
            int length = entry.word().length();
            for (int at = rest.indexOf(entry.word()); at >= 0; at = rest.indexOf(entry.word(), at + 1)) {
                if (standsAlone(rest, at, at + length)) {
                    found.add(new Found(at, entry.term()));
                    rest.replace(at, at + length, "\0".repeat(length));
                }
            }
        }
        found.sort(Comparator.comparingInt(Found::at));
        return PartialScene.of(found.stream().map(Found::term).toList());
    }

    /// False inside a longer word: letters touch Latin letters, or a single kanji touches another kanji.
    private static boolean standsAlone(CharSequence text, int from, int to) {
        char first = text.charAt(from);
        char last = text.charAt(to - 1);
        return !(from > 0 && joined(text.charAt(from - 1), first, to - from))
                && !(to < text.length() && !plural(text, to) && joined(last, text.charAt(to), to - from));
    }

    private static boolean plural(CharSequence text, int at) {
        return text.charAt(at) == 's' && (at + 1 == text.length() || !latin(text.charAt(at + 1)));
    }

    private static boolean joined(char one, char other, int length) {
        boolean latin = latin(one) && latin(other);
        boolean compound = length == 1 && Character.isIdeographic(one) && Character.isIdeographic(other);
        return latin || compound;
    }

    private static boolean latin(char letter) {
        return Character.isLetterOrDigit(letter) && letter < 0x250;
    }
}

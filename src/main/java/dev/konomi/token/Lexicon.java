package dev.konomi.token;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// General words for what pictures show and how: finds concepts in English and Japanese texts, and keeps the words
/// that it does not know.
public final class Lexicon {
    /// What a concept is about.
    public enum Kind {
        COLOUR,
        STYLE,
        SUBJECT,
        COMPOSITION,
        LIGHT,
        MOOD,
        DETAIL,
        /// A word of the texts that no row of the lexicon has.
        WORD
    }

    /// A concept.
    ///
    /// @param id stable name
    /// @param kind what it is about
    /// @param en the concept in English
    /// @param ja the concept in Japanese
    public record Entry(String id, Kind kind, String en, String ja) {}

    /// What a text says.
    ///
    /// @param concepts concepts it names
    /// @param unknown its other words, normalised
    public record Reading(Set<Entry> concepts, Set<String> unknown) {}

    private record Word(String text, Entry entry) {}

    private static final Pattern PROMPT_TAG = Pattern.compile("<[^<>]{1,80}>");
    private static final Pattern SEPARATOR = Pattern.compile("[-_‐‑–\\s]+");
    private static final Pattern UNKNOWN = Pattern.compile(
            "\\p{IsLatin}+(?:'\\p{IsLatin}+)*|[\\p{IsKatakana}ー]{2,}|\\p{IsHan}{2,}|[\\p{IsHangul}]{2,}|[\\p{IsCyrillic}]{3,}");

    /// Words that carry a sentence or ask for quality, and say nothing of a taste.
    private static final Set<String> EMPTY_WORDS = Set.of(("a an and are art artstation as at award background be best"
                    + " by colors colours color colour concept create depicting draw drawn featuring for from full"
                    + " generate high his her hd image in into is it its like made make masterpiece me more new nice no"
                    + " not of on one or over painting picture please quality rendered resolution show showing some"
                    + " something style that the their there this through to trending two under uhd up very view"
                    + " winning with without you your uses used using while where which who whose all any each every"
                    + " 作品 画像 最高 高品質 品質 高画質 解像度 基調 配置 雰囲気 背景 一枚 風景画 イラスト スタイル"
                    + " ください おまかせ タッチ イメージ")
            .split(" "));

    private final List<Entry> entries;
    private final Map<Character, List<Word>> byFirst;

    private Lexicon(List<Entry> entries, Map<Character, List<Word>> byFirst) {
        this.entries = List.copyOf(entries);
        this.byFirst = byFirst;
    }

    /// @return the lexicon that ships with Konomi
    public static Lexicon shipped() {
        try (InputStream in = Lexicon.class.getResourceAsStream("concepts.tsv")) {
            if (in == null) {
                throw new IllegalStateException("concepts.tsv is not on the class path: build Konomi again.");
            }
            return of(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param lines rows of `id, kind, English, Japanese, other English words, other Japanese words`, tabs between
    ///     these, `|` between words; lines that begin with `#` are remarks
    /// @return the lexicon
    /// @throws IllegalArgumentException when a row is malformed, or an id or word belongs to two
    static Lexicon of(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Entry> owners = new HashMap<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\t", -1);
            if (columns.length != 6) {
                throw new IllegalArgumentException(
                        "\"" + line + "\" has " + columns.length + " columns: give six, tabs between them.");
            }
            Entry entry =
                    new Entry(columns[0], Kind.valueOf(columns[1].toUpperCase(Locale.ROOT)), columns[2], columns[3]);
            if (entries.stream().anyMatch(other -> other.id().equals(entry.id()))) {
                throw new IllegalArgumentException("The id " + entry.id() + " stands twice: give each row its own.");
            }
            entries.add(entry);
            for (int column = 2; column < 6; column++) {
                for (String word : columns[column].split("\\|")) {
                    Entry owner = word.isBlank() ? entry : owners.putIfAbsent(normalised(word), entry);
                    if (owner != null && owner != entry) {
                        throw new IllegalArgumentException("\"" + word + "\" belongs to " + owner.id() + " and to "
                                + entry.id() + ": give it to one.");
                    }
                }
            }
        }
        Map<Character, List<Word>> byFirst = new HashMap<>();
        owners.forEach((text, entry) -> byFirst.computeIfAbsent(text.charAt(0), first -> new ArrayList<>())
                .add(new Word(text, entry)));
        byFirst.values()
                .forEach(words -> words.sort(
                        Comparator.comparingInt((Word word) -> -word.text().length())
                                .thenComparing(Word::text)));
        return new Lexicon(entries, byFirst);
    }

    /// @return all concepts, in the order of the rows
    public List<Entry> entries() {
        return entries;
    }

    /// Reads a text: at each place the longest word counts, and each letter is part of one word only, so that
    /// "woodcut" (木版画) is not read as "tree" (木).
    ///
    /// @param text a prompt, a review or a tag, in English, Japanese or both
    /// @return what it says
    public Reading read(String text) {
        StringBuilder rest = new StringBuilder(normalised(text));
        Set<Entry> concepts = new LinkedHashSet<>();
        for (int at = 0; at < rest.length(); at++) {
            for (Word word : byFirst.getOrDefault(rest.charAt(at), List.of())) {
                int end = at + word.text().length();
                if (matches(rest, at, word.text())) {
                    end += plural(rest, end);
                    concepts.add(word.entry());
                    rest.replace(at, end, "\0".repeat(end - at));
                    at = end - 1;
                    break;
                }
            }
        }
        Set<String> unknown = new LinkedHashSet<>();
        Matcher words = UNKNOWN.matcher(rest);
        while (words.find()) {
            String word = words.group();
            if (!EMPTY_WORDS.contains(word) && !(word.length() < 3 && latin(word.charAt(0)))) {
                unknown.add(word);
            }
        }
        return new Reading(concepts, unknown);
    }

    private static boolean matches(CharSequence text, int from, String word) {
        int to = from + word.length();
        return to <= text.length()
                && CharSequence.compare(text.subSequence(from, to), word) == 0
                && !(from > 0 && joined(text.charAt(from - 1), text.charAt(from), word))
                && !(to < text.length() && plural(text, to) == 0 && joined(text.charAt(to), text.charAt(to - 1), word));
    }

    /// How many letters at `at` are an English plural's ending.
    private static int plural(CharSequence text, int at) {
        if (at == 0 || !latin(text.charAt(at - 1))) {
            return 0;
        }
        for (String ending : List.of("es", "s")) {
            int to = at + ending.length();
            if (to <= text.length()
                    && CharSequence.compare(text.subSequence(at, to), ending) == 0
                    && (to == text.length() || !latin(text.charAt(to)))) {
                return ending.length();
            }
        }
        return 0;
    }

    /// Whether a letter beside a word makes it part of a longer one: Latin beside Latin, a single kanji in a
    /// compound, or a short word within a longer run of katakana.
    private static boolean joined(char beside, char edge, String word) {
        return (latin(beside) && latin(edge))
                || (word.length() == 1 && Character.isIdeographic(beside) && Character.isIdeographic(edge))
                || (word.length() <= 3 && katakana(beside) && katakana(edge));
    }

    private static boolean latin(char letter) {
        return Character.isLetterOrDigit(letter) && letter < 0x250;
    }

    private static boolean katakana(char letter) {
        return Character.UnicodeBlock.of(letter) == Character.UnicodeBlock.KATAKANA && letter != '・';
    }

    /// One form for what is written in several: full and half width, upper and lower case, hyphens, spaces.
    static String normalised(String text) {
        String plain = PROMPT_TAG.matcher(text).replaceAll(" ");
        String folded = Normalizer.normalize(plain, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replace('\0', ' ');
        return SEPARATOR.matcher(folded).replaceAll(" ").strip();
    }
}

package dev.konomi.item;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Turns words of any language into a fixed number of ids without a dictionary.
///
/// The text is normalised (NFKC, lower case of no locale) and cut into runs: letters and digits of scripts with spaces
/// make words; ideographs, kana and other scripts without spaces make runs of characters. The pieces are
/// 1. each word (`w:cat`), and each run's single characters (`c:猫`),
/// 2. each pair of neighbouring words (`p:ocean blue`), and each run's pairs and triples of characters (`c:の青`),
/// 3. each word's four-character windows with its borders (`g:<oce`, `g:ean>`), so that new words lean on known ones.
///
/// All pieces of the first kind come before those of the second, and so on; what does not fit is dropped from the end.
/// A piece's id is `1 + FNV-1a(piece) mod (buckets − 1)`; 0 fills up.
///
/// @param buckets how many ids there are, 0 included
/// @param length how many ids a text gets
public record HashedTokenizer(int buckets, int length) {
    /// The name of this way of making ids, as an encoder's manifest gives it.
    public static final String SPECIFICATION = "hashed-words-1";

    /// Text beyond this many characters is not looked at.
    private static final int MOST_CHARACTERS = 20_000;

    /// @throws IllegalArgumentException unless there are at least two buckets and one id a text
    public HashedTokenizer {
        if (buckets < 2 || length < 1) {
            throw new IllegalArgumentException(
                    "%d buckets and %d ids a text: give at least 2 and 1".formatted(buckets, length));
        }
    }

    /// The ids of a text, `[length]`, filled up with 0.
    public long[] ids(String text) {
        long[] ids = new long[length];
        int count = 0;
        for (String piece : pieces(text)) {
            if (count == length) {
                break;
            }
            ids[count++] = id(piece);
        }
        return ids;
    }

    /// The pieces of a text before hashing, most telling ones first.
    static List<String> pieces(String text) {
        String plain = Normalizer.normalize(
                        text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text,
                        Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT);
        List<String> single = new ArrayList<>();
        List<String> joint = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        String before = "";
        for (int at = 0; at < plain.length(); ) {
            Kind kind = Kind.of(plain.codePointAt(at));
            int end = at;
            while (end < plain.length() && Kind.of(plain.codePointAt(end)) == kind) {
                end += Character.charCount(plain.codePointAt(end));
            }
            String run = plain.substring(at, end);
            at = end;
            switch (kind) {
                case WORD -> {
                    single.add("w:" + run);
                    if (!before.isEmpty()) {
                        joint.add("p:" + before + " " + run);
                    }
                    windows("<" + run + ">", 4, "g:", parts);
                    before = run;
                }
                case CHARACTERS -> {
                    windows(run, 1, "c:", single);
                    windows(run, 2, "c:", joint);
                    windows(run, 3, "c:", joint);
                    before = "";
                }
                case OTHER -> {
                    if (!run.isBlank()) {
                        before = "";
                    }
                }
            }
        }
        single.addAll(joint);
        single.addAll(parts);
        return single;
    }

    private static void windows(String run, int size, String kind, List<String> to) {
        int[] points = run.codePoints().toArray();
        for (int at = 0; at + size <= points.length; at++) {
            to.add(kind + new String(points, at, size));
        }
    }

    private long id(String piece) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        // The low bits of FNV-1a mix less than the high ones.
        return 1 + Long.remainderUnsigned(hash ^ hash >>> 32, buckets - 1);
    }

    private enum Kind {
        WORD,
        CHARACTERS,
        OTHER;

        static Kind of(int point) {
            if (!Character.isLetterOrDigit(point) && Character.getType(point) != Character.NON_SPACING_MARK) {
                return OTHER;
            }
            return switch (Character.UnicodeScript.of(point)) {
                case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> CHARACTERS;
                // The long vowel mark ー belongs to no script; it continues kana.
                case COMMON -> point == 'ー' ? CHARACTERS : WORD;
                default -> WORD;
            };
        }
    }
}

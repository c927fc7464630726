package dev.konomi.taste;

import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import dev.konomi.token.Lexicon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The lexicon's words as an encoder reads them.
///
/// A word's *excess* is what its encoding as a text has above what words have in general, the median over the
/// lexicon, component by component: what the word itself says. English and Japanese count half each.
///
/// @param concepts those of which the encoder reads something
record Concepts(List<Concept> concepts) {
    /// No words at hand.
    static final Concepts NONE = new Concepts(List.of());

    Concepts {
        concepts = List.copyOf(concepts);
    }

    /// A word with its excess.
    ///
    /// @param id stable name
    /// @param en the word in English
    /// @param ja the word in Japanese
    /// @param excess `[d_e]`, not negative
    record Concept(String id, String en, String ja, float[] excess) {}

    /// @param encoder whose text side reads the words
    /// @return the words of the lexicon that ships with Konomi
    static Concepts of(ItemEncoder encoder) {
        List<Lexicon.Entry> entries = Lexicon.shipped().entries();
        List<ItemContent> words = new ArrayList<>(2 * entries.size());
        for (Lexicon.Entry entry : entries) {
            words.add(new ItemContent(null, entry.en(), List.of()));
            words.add(new ItemContent(null, entry.ja(), List.of()));
        }
        List<float[]> read = new ArrayList<>(words.size());
        for (Encoding encoding : encoder.encode(words)) {
            float[] text = encoding.text();
            if (text == null) {
                return NONE;
            }
            read.add(text);
        }
        float[] usual = median(read);
        List<Concept> concepts = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            float[] en = read.get(2 * i);
            float[] ja = read.get(2 * i + 1);
            float[] excess = new float[usual.length];
            for (int k = 0; k < excess.length; k++) {
                excess[k] = Math.max(0, (en[k] + ja[k]) / 2 - usual[k]);
            }
            Lexicon.Entry entry = entries.get(i);
            concepts.add(new Concept(entry.id(), entry.en(), entry.ja(), excess));
        }
        return new Concepts(concepts);
    }

    private static float[] median(List<float[]> vectors) {
        float[] median = new float[vectors.getFirst().length];
        float[] column = new float[vectors.size()];
        for (int k = 0; k < median.length; k++) {
            for (int i = 0; i < column.length; i++) {
                column[i] = vectors.get(i)[k];
            }
            Arrays.sort(column);
            median[k] = column[column.length / 2];
        }
        return median;
    }
}

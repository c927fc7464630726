package dev.konomi.taste;

import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import dev.konomi.token.Lexicon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lexicon's words as an encoder reads them.
///
/// A word's *excess* is what its encoding as a text has above what words have in general, the median over the
/// lexicon, component by component: what the word itself says. English and Japanese count half each.
///
/// @param concepts those of which the encoder reads something
public record Concepts(List<Concept> concepts) {
    /// Of the share of a word: less does not show it.
    static final double SHOWN = 0.6;

    /// Beneath this square of an excess the encoder reads nothing in a word.
    private static final double FAINT = 0.05;

    /// No words at hand.
    static final Concepts NONE = new Concepts(List.of());

    public Concepts {
        concepts = List.copyOf(concepts);
    }

    /// A word with its excess.
    ///
    /// @param id stable name
    /// @param en the word in English
    /// @param ja the word in Japanese
    /// @param excess `[d_e]`, not negative
    public record Concept(String id, String en, String ja, float[] excess) {
        /// @param above what an item has above the catalogue's mean, not negative, `[d_e]`
        /// @return the share of the word that this shows, `Σ_k min(a_k, e_k)·e_k / Σ_k e_k²`
        double share(float[] above) {
            double shown = 0;
            double square = 0;
            for (int k = 0; k < excess.length; k++) {
                shown += Math.min(above[k], excess[k]) * excess[k];
                square += excess[k] * excess[k];
            }
            return square < FAINT ? 0 : shown / square;
        }

        /// @param item its encoding
        /// @param mean of the catalogue
        /// @return whether the item's image or text shows most of the word
        public boolean shownBy(Encoding item, Encoding mean) {
            return shown(item.image(), mean.image()) || shown(item.text(), mean.text());
        }

        private boolean shown(float @Nullable [] token, float @Nullable [] mean) {
            return token != null && mean != null && share(CommonGround.common(token, token, mean)) >= SHOWN;
        }
    }

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

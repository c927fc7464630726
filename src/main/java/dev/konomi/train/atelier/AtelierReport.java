package dev.konomi.train.atelier;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Language;
import dev.konomi.gallery.PartialScene;
import dev.konomi.gallery.Prompt;
import dev.konomi.gallery.Term;
import dev.konomi.item.HashedTokenizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/// How much a linear readout of an embedding knows, on held-out combinations.
///
/// @param pictures share of right values of each attribute, from the picture alone
/// @param texts share of right values of the attributes that a prompt names, from the prompt alone
/// @param found share of prompts whose nearest picture shows all that they name
record AtelierReport(Map<Attribute, Double> pictures, Map<Attribute, Double> texts, double found) {
    private static final int AT_ONCE = 50;

    static AtelierReport of(Atelier network, Paintings heldOut, TowerShape shape, HashedTokenizer tokenizer) {
        int count = heldOut.size();
        int edge = shape.edge();
        List<PartialScene> named = new ArrayList<>();
        float[] pictures = new float[count * shape.embedding()];
        float[] texts = new float[count * shape.embedding()];
        for (int from = 0; from < count; from += AT_ONCE) {
            int size = Math.min(AT_ONCE, count - from);
            float[] pixels = new float[size * 3 * edge * edge];
            long[] ids = new long[size * tokenizer.length()];
            for (int k = 0; k < size; k++) {
                int number = from + k;
                heldOut.read(number).normalise(AtelierBatch.MEAN, AtelierBatch.DEVIATION, pixels, k * 3 * edge * edge);
                Prompt prompt = Prompt.of(
                        heldOut.scene(number),
                        number % 2 == 0 ? Language.ENGLISH : Language.JAPANESE,
                        7_000_003L + number);
                named.add(prompt.named());
                System.arraycopy(tokenizer.ids(prompt.text()), 0, ids, k * tokenizer.length(), tokenizer.length());
            }
            try (PointerScope scope = new PointerScope();
                    NoGradGuard still = new NoGradGuard()) {
                copy(
                        network.image.forward(Tensor.create(pixels, size, edge, edge, 3)),
                        pictures,
                        from * shape.embedding());
                copy(
                        network.text.forward(Tensor.create(ids, size, tokenizer.length())),
                        texts,
                        from * shape.embedding());
            }
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard still = new NoGradGuard()) {
            Tensor seen = Tensor.create(pictures, count, shape.embedding());
            Tensor read = Tensor.create(texts, count, shape.embedding());
            return new AtelierReport(
                    right(network, seen, heldOut, null),
                    right(network, read, heldOut, named),
                    found(seen, read, heldOut, named));
        }
    }

    private static void copy(Tensor from, float[] to, int offset) {
        float[] values = AtelierExport.values(from);
        System.arraycopy(values, 0, to, offset, values.length);
    }

    private static Map<Attribute, Double> right(
            Atelier network,
            Tensor embeddings,
            Paintings pictures,
            @org.jspecify.annotations.Nullable List<PartialScene> named) {
        Tensor logits = network.attributes.forward(embeddings);
        Map<Attribute, Double> shares = new EnumMap<>(Attribute.class);
        for (Attribute attribute : Attribute.values()) {
            float[] values = AtelierExport.values(network.logits(logits, attribute));
            int asked = 0;
            int right = 0;
            for (int k = 0; k < pictures.size(); k++) {
                int truth = pictures.scene(k).value(attribute);
                if (named != null) {
                    Optional<Term> term = named.get(k).value(attribute);
                    if (term.isEmpty()) {
                        continue;
                    }
                    truth = term.get().ordinal();
                }
                asked++;
                int best = 0;
                for (int value = 1; value < attribute.size(); value++) {
                    if (values[k * attribute.size() + value] > values[k * attribute.size() + best]) {
                        best = value;
                    }
                }
                right += best == truth ? 1 : 0;
            }
            shares.put(attribute, asked == 0 ? 0 : (double) right / asked);
        }
        return shares;
    }

    private static double found(Tensor seen, Tensor read, Paintings pictures, List<PartialScene> named) {
        long[] best = new long[named.size()];
        AtelierLoss.unit(read)
                .matmul(AtelierLoss.unit(seen).transpose(0, 1))
                .argmax(new org.bytedeco.pytorch.LongOptional(1), false)
                .contiguous()
                .data_ptr_long()
                .get(best);
        int right = 0;
        for (int k = 0; k < best.length; k++) {
            right += named.get(k).matches(pictures.scene((int) best[k])) ? 1 : 0;
        }
        return (double) right / best.length;
    }

    /// One line for the log.
    String line() {
        return String.format(
                Locale.ROOT,
                "held-out: pictures %s | texts %s | prompts whose nearest picture fits %.3f",
                shares(pictures),
                shares(texts),
                found);
    }

    private static String shares(Map<Attribute, Double> shares) {
        StringBuilder line = new StringBuilder();
        shares.forEach((attribute, share) -> line.append(String.format(
                Locale.ROOT,
                "%s%s %.3f",
                line.isEmpty() ? "" : " ",
                attribute.name().toLowerCase(Locale.ROOT),
                share)));
        return line.toString();
    }
}

package dev.konomi.token;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A preference token as a release has it and as people see it: a group's taste with its name.
///
/// @param id stable name, `tok_` and 4 to 32 lower-case letters or digits: given at first publication, kept
///     by later releases whose token behaves alike
/// @param prior π_m, the group's share of people, 0 to 1
/// @param vector p_m, the group's taste in the space of item features, `[G]`
/// @param name what people call it
/// @param words concepts behind the name: first those the group likes, then those it dislikes, each by falling
///     strength
/// @param typicalItems content digests of items the group likes best, as different from each other as possible
/// @param people how many people of the training data the token explains, their activations added and rounded
@RegisterForReflection
public record TokenCard(
        String id,
        double prior,
        float[] vector,
        Name name,
        List<Concept> words,
        List<String> typicalItems,
        int people) {
    public TokenCard {
        if (!required("id", id).matches("tok_[a-z0-9]{4,32}")) {
            throw new IllegalArgumentException("id is \"" + id
                    + "\"; a token's id is tok_ and 4 to 32 lower-case letters or digits: use TokenCard.idOf.");
        }
        if (!(prior >= 0 && prior <= 1)) {
            throw new IllegalArgumentException(
                    "prior of " + id + " is " + prior + "; it is a share of people: give 0 to 1.");
        }
        vector = required("vector", vector).clone();
        if (vector.length == 0) {
            throw new IllegalArgumentException("vector of " + id + " is empty: give G numbers.");
        }
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new IllegalArgumentException("vector[" + i + "] of " + id + " is " + vector[i]
                        + "; every component is finite: train again, the model has diverged.");
            }
        }
        required("name", name);
        words = List.copyOf(required("words", words));
        typicalItems = List.copyOf(required("typicalItems", typicalItems));
        for (String item : typicalItems) {
            if (!item.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("typicalItems of " + id + " has \"" + item
                        + "\"; items are named by content digest: give 64 lower-case hexadecimal digits.");
            }
        }
        if (new HashSet<>(typicalItems).size() < typicalItems.size()) {
            throw new IllegalArgumentException("typicalItems of " + id + " has an item twice: give each once.");
        }
        if (people < 0) {
            throw new IllegalArgumentException("people of " + id + " is " + people + "; give 0 or more.");
        }
    }

    /// What people call a token.
    ///
    /// @param en in English, such as `deep blue · minimal · still water`
    /// @param ja in Japanese, such as `深い青 · シンプル · 静かな水面`
    public record Name(String en, String ja) {
        public Name {
            requireText("name.en", en);
            requireText("name.ja", ja);
        }
    }

    /// A concept that a group likes or dislikes.
    ///
    /// @param id stable name of the concept, such as `deep-blue`
    /// @param en the concept in English
    /// @param ja the concept in Japanese
    /// @param weight how much higher the group scores items with the concept than items without it, in standard
    ///     deviations of its scores over the catalogue; negative: disliked
    public record Concept(String id, String en, String ja, double weight) {
        public Concept {
            requireText("words.id", id);
            requireText("words.en", en);
            requireText("words.ja", ja);
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException(
                        "words.weight of \"" + id + "\" is " + weight + "; give a finite number.");
            }
        }

        /// @return whether the group likes it
        public boolean liked() {
            return weight > 0;
        }
    }

    /// @return p_m, a copy, `[G]`
    @Override
    public float[] vector() {
        return vector.clone();
    }

    /// An id for a token that no earlier release has: a digest of its vector, so that the same training gives the
    /// same ids.
    ///
    /// @param vector p_m, `[G]`
    /// @return the id
    public static String idOf(float[] vector) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits, over the components' bits
        for (float component : vector) {
            int bits = Float.floatToIntBits(component);
            for (int shift = 0; shift < 32; shift += 8) {
                hash = (hash ^ (bits >>> shift & 0xff)) * 0x100000001b3L;
            }
        }
        return "tok_" + HexFormat.of().toHexDigits(hash, 12);
    }

    /// @param id another id
    /// @return the same token under it: lineage keeps an earlier release's id
    public TokenCard withId(String id) {
        return new TokenCard(id, prior, vector, name, words, typicalItems, people);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenCard card
                && id.equals(card.id)
                && Double.compare(prior, card.prior) == 0
                && Arrays.equals(vector, card.vector)
                && name.equals(card.name)
                && words.equals(card.words)
                && typicalItems.equals(card.typicalItems)
                && people == card.people;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, prior, Arrays.hashCode(vector), name, words, typicalItems, people);
    }

    @Override
    public String toString() {
        return id + " (" + name.en() + ")";
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("A token's " + field + " is missing: give it.");
        }
        return value;
    }

    private static void requireText(String field, @Nullable String text) {
        if (required(field, text).isBlank()) {
            throw new IllegalArgumentException("A token's " + field + " is empty: give at least one character.");
        }
    }
}

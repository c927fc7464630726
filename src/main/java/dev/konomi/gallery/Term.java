package dev.konomi.gallery;

import java.util.List;

/// A value of an attribute and the words people use for it.
public sealed interface Term permits Palette, Style, Theme, Composition, Detail {
    /// Words for this value, the usual one first; never empty.
    List<String> words(Language language);

    /// The number of the value within its attribute.
    int ordinal();

    Attribute attribute();

    default String word(Language language) {
        return words(language).getFirst();
    }

    /// Splits `"a|b"` into words.
    static List<String> split(String words) {
        return List.of(words.split("\\|"));
    }
}

package dev.konomi.guide;

import dev.konomi.token.Lexicon;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The language of a prompt: words are added in the same one.
public enum PromptLanguage {
    ENGLISH("en", ", ") {
        @Override
        String word(Lexicon.Entry entry) {
            return entry.en();
        }
    },
    JAPANESE("ja", "、") {
        @Override
        String word(Lexicon.Entry entry) {
            return entry.ja();
        }
    };

    private final String code;
    private final String comma;

    PromptLanguage(String code, String comma) {
        this.code = code;
        this.comma = comma;
    }

    /// @param text a prompt
    /// @return Japanese where it has a kana or a kanji
    public static PromptLanguage of(String text) {
        return text.codePoints().anyMatch(PromptLanguage::japanese) ? JAPANESE : ENGLISH;
    }

    private static boolean japanese(int letter) {
        return switch (Character.UnicodeScript.of(letter)) {
            case HIRAGANA, KATAKANA, HAN -> true;
            default -> false;
        };
    }

    /// @return its code of ISO 639, e.g. `ja`
    public String code() {
        return code;
    }

    abstract String word(Lexicon.Entry entry);

    /// @param prompt may be empty
    /// @return the prompt with the words behind it
    String with(String prompt, List<Lexicon.Entry> words) {
        return Stream.concat(
                        Stream.of(prompt.strip()).filter(text -> !text.isEmpty()),
                        words.stream().map(this::word))
                .collect(Collectors.joining(comma));
    }
}

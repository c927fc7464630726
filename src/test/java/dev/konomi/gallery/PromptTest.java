package dev.konomi.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PromptTest {
    @Test
    void namesPartOfTheSceneAndNothingElse() {
        SplittableRandom random = new SplittableRandom(11);
        int themes = 0;
        int count = 4000;
        for (int i = 0; i < count; i++) {
            Scene scene = Scene.of(random.nextInt(Scene.COUNT));
            Prompt prompt = Prompt.of(scene, i % 2 == 0 ? Language.ENGLISH : Language.JAPANESE, i);
            PartialScene named = prompt.named();
            assertTrue(named.matches(scene), prompt + " does not name " + scene);
            int names = named.named().size();
            assertTrue(names >= 1 && names <= 3, prompt + " names " + names);
            themes += named.value(Attribute.THEME).isPresent() ? 1 : 0;
        }
        assertEquals(0.95, themes / (double) count, 0.02);
    }

    @Test
    void everyWordIsReadAsWhatItStandsFor() {
        for (Attribute attribute : Attribute.values()) {
            for (Term term : attribute.terms()) {
                for (Language language : Language.values()) {
                    for (String word : term.words(language)) {
                        assertEquals(List.of(term), Prompt.read(word).named(), word);
                    }
                }
            }
        }
    }

    @Test
    void noWordStandsForTwoThings() {
        Map<String, Term> seen = new HashMap<>();
        for (Attribute attribute : Attribute.values()) {
            for (Term term : attribute.terms()) {
                for (Language language : Language.values()) {
                    for (String word : term.words(language)) {
                        Term before = seen.put(word, term);
                        assertTrue(before == null || before == term, word);
                    }
                }
            }
        }
    }

    @Test
    void unknownWordsAndWordsWithinOthersAreIgnored() {
        assertEquals(
                List.of(Theme.CAT),
                Prompt.read("Two very fluffy CATS, 8k, masterpiece").named());
        assertEquals(List.of(), Prompt.read("a category of treehouses").named());
        assertEquals(List.of(Style.WOODCUT), Prompt.read("木版画がいい").named());
        assertEquals(
                List.of(Palette.BLOSSOM, Theme.CAT), Prompt.read("桜色のかわいい猫").named());
        assertEquals(List.of(), Prompt.read("").named());
    }

    @Test
    void theFirstOfTwoValuesCounts() {
        assertEquals(List.of(Theme.HOUSE), Prompt.read("a house beside a tree").named());
    }

    @Test
    void theSameSeedGivesTheSameWords() {
        Scene scene = Scene.of(12345);
        assertEquals(Prompt.of(scene, Language.JAPANESE, 5), Prompt.of(scene, Language.JAPANESE, 5));
    }
}

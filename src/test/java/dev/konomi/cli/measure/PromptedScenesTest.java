package dev.konomi.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.PartialScene;
import dev.konomi.gallery.Scene;
import dev.konomi.gallery.Style;
import dev.konomi.gallery.Theme;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptedScenesTest {
    private static final PartialScene TRAIN = PartialScene.of(List.of(Theme.values()[3]));

    @Test
    void whatIsNamedStandsAndTheBestValueIsAddedFirst() {
        PartialScene guided = PromptedScenes.guided(
                TRAIN,
                scene -> (scene.style() == 5 ? 3 : 0) + (scene.palette() == 2 ? 1 : 0) + (scene.theme() == 7 ? 99 : 0),
                1);
        assertEquals(Theme.values()[3], guided.value(Attribute.THEME).orElseThrow());
        assertEquals(Style.values()[5], guided.value(Attribute.STYLE).orElseThrow());
        assertEquals(2, guided.named().size());
    }

    @Test
    void aValueIsJudgedBesideThoseThatWereAddedBefore() {
        // Style 5 is best on average; beside it palette 2, which elsewhere is the worst.
        PartialScene guided = PromptedScenes.guided(
                TRAIN,
                scene -> (scene.style() == 5 ? 9 : 0)
                        + (scene.palette() == 2 ? (scene.style() == 5 ? 4 : -4) : 0)
                        + (scene.palette() == 1 ? 1 : 0),
                2);
        assertEquals(Style.values()[5], guided.value(Attribute.STYLE).orElseThrow());
        assertEquals(2, guided.value(Attribute.PALETTE).orElseThrow().ordinal());
    }

    @Test
    void noMoreThanEveryAttributeIsNamed() {
        PartialScene guided = PromptedScenes.guided(TRAIN, Scene::detail, 10);
        assertEquals(Attribute.values().length, guided.named().size());
        assertTrue(guided.matches(guided.complete(1)));
    }
}

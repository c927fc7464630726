package dev.konomi.train.evaluate.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenGroupsTest {
    @Test
    void aTokenStandsForTheGroupOfMostOfItsPeople() {
        float[][] activations = {{.9f, .1f, 0}, {.8f, .2f, 0}, {.6f, .4f, 0}, {.3f, .7f, 0}};
        TokenGroups tokens = TokenGroups.byPeople(activations, new int[] {1, 1, 0, 0}, 2);

        assertEquals(1, tokens.recall(new float[] {.5f, .3f, .2f}, 1));
        assertEquals(0, tokens.recall(new float[] {.5f, .3f, .2f}, 0));
        assertEquals(1, tokens.recall(new float[] {.5f, .3f, .2f}, 0, 1));
        // The third token is nobody's: it finds no group.
        assertEquals(.5, tokens.recall(new float[] {.4f, 0, .6f}, 0, 1));
        assertEquals(0, tokens.recall(new float[] {.1f, 0, .9f}, 0));
    }

    @Test
    void twoTokensOfOneGroupFindItOnce() {
        float[][] activations = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        TokenGroups tokens = TokenGroups.byPeople(activations, new int[] {0, 0, 1}, 2);
        assertEquals(.5, tokens.recall(new float[] {.5f, .4f, .1f}, 0, 1));
    }

    @Test
    void oneGroupIsFoundAmongAsManyTokensAsAreLookedAt() {
        TokenGroups tokens = TokenGroups.same(3);
        assertTrue(tokens.finds(new float[] {.5f, .2f, .3f}, 2, 2));
        assertFalse(tokens.finds(new float[] {.5f, .2f, .3f}, 2, 1));
        assertTrue(tokens.finds(new float[] {.5f, .2f, .3f}, 3, 1));
    }

    @Test
    void knownGroupsFindThemselves() {
        assertEquals(1, TokenGroups.same(3).recall(new float[] {.4f, .2f, .4f}, 2, 0));
    }
}

package dev.konomi.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BalanceTest {
    @Test
    void aTokenThatIsNobodysMostProbableOneIsDeadHoweverOftenItComesSecond() {
        Balance balance = Balance.of(new float[][] {{0.6f, 0.4f, 0}, {0.2f, 0.3f, 0.5f}, {0.7f, 0.3f, 0}});

        assertEquals(new Balance(3, 1, balance.largestShare()), balance);
        assertEquals(0.5, balance.largestShare(), 1e-6);
    }

    @Test
    void aTokenForAllHasEverything() {
        assertEquals(new Balance(2, 1, 1), Balance.of(new float[][] {{1, 0}, {1, 0}}));
    }
}

package dev.konomi.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.retrain.DriftMonitor.Choice;
import dev.konomi.retrain.DriftMonitor.State;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftMonitorTest {
    private static final int FALSE_ALARMS = 1_000;

    @Test
    void whatPeopleStillFollowHardlyEverRaisesAnAlarm() {
        for (double kept : new double[] {1.3, 1, DriftMonitor.KEPT}) {
            DriftMonitor monitor = new DriftMonitor(FALSE_ALARMS);
            int alarms = 0;
            int choices = 300_000;
            SplittableRandom random = new SplittableRandom(11);
            State state = State.NONE;
            for (int i = 0; i < choices; i++) {
                state = monitor.after(state, choice(random, kept));
                if (monitor.drifted(state)) {
                    alarms++;
                    state = State.NONE;
                }
            }
            assertTrue(
                    alarms <= choices / FALSE_ALARMS,
                    alarms + " alarms in " + choices + " choices at " + kept + ", at most one in " + FALSE_ALARMS);
        }
    }

    @Test
    void aChangeIsFoundHoweverLongEverythingWasWell() {
        DriftMonitor monitor = new DriftMonitor(100_000);
        List<Integer> delays = new ArrayList<>();
        for (int run = 0; run < 50; run++) {
            SplittableRandom random = new SplittableRandom(100 + run);
            State state = State.NONE;
            for (int i = 0; i < 5_000; i++) {
                state = monitor.after(state, choice(random, 1));
            }
            assertFalse(monitor.drifted(state), "before the change, run " + run);
            int delay = 0;
            while (!monitor.drifted(state) && delay < 5_000) {
                state = monitor.after(state, choice(random, 0));
                delay++;
            }
            delays.add(delay);
        }
        delays.sort(null);
        assertTrue(delays.getLast() < 1_500, () -> "choices until the change was found: " + delays);
    }

    @Test
    void theStateGoesOnWhereItWasLeft() {
        DriftMonitor monitor = new DriftMonitor(FALSE_ALARMS);
        SplittableRandom random = new SplittableRandom(3);
        State whole = State.NONE;
        State kept = State.NONE;
        for (int i = 0; i < 100; i++) {
            Choice choice = choice(random, 0.3);
            whole = monitor.after(whole, choice);
            kept = new DriftMonitor(FALSE_ALARMS)
                    .after(
                            new State(kept.outcomes(), kept.loss(), kept.promised(), List.copyOf(kept.evidence())),
                            choice);
        }
        assertEquals(whole, kept);
    }

    @Test
    void promiseAndLossAgreeWhereEveryWordIsTrueAndNotWherePeopleGuess() {
        DriftMonitor monitor = new DriftMonitor(FALSE_ALARMS);
        SplittableRandom random = new SplittableRandom(5);
        State told = State.NONE;
        State guessed = State.NONE;
        for (int i = 0; i < 3_000; i++) {
            told = monitor.after(told, choice(random, 1));
            guessed = monitor.after(guessed, choice(random, 0));
        }
        assertEquals(told.promised(), told.loss(), 0.08);
        assertTrue(guessed.loss() > guessed.promised() + 0.2, guessed::toString);
    }

    @Test
    void aChoiceBetweenTwoEqualsPromisesOneBit() {
        Choice even = new Choice(List.of(0.4, 0.4), 1);
        assertEquals(Math.log(2), even.promised(), 1e-12);
        assertEquals(Math.log(2), even.loss(1), 1e-12);
        Choice certain = new Choice(List.of(1e9, -1e9), 0);
        assertEquals(0, certain.loss(1), 1e-9);
        assertTrue(Double.isFinite(new Choice(List.of(1e9, -1e9), 1).loss(1)));
    }

    /// @param kept the share of the stated log-odds that people follow
    private static Choice choice(SplittableRandom random, double kept) {
        int items = random.nextInt(4) == 0 ? 4 : 2;
        List<Double> logOdds = new ArrayList<>();
        double[] weights = new double[items];
        double all = 0;
        for (int i = 0; i < items; i++) {
            double l = random.nextGaussian();
            logOdds.add(l);
            weights[i] = Math.exp(kept * l);
            all += weights[i];
        }
        double at = random.nextDouble() * all;
        int chosen = 0;
        while (chosen < items - 1 && at >= weights[chosen]) {
            at -= weights[chosen++];
        }
        return new Choice(logOdds, chosen);
    }
}

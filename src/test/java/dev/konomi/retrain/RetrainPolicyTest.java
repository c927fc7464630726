package dev.konomi.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.retrain.RetrainPolicy.Decision;
import dev.konomi.retrain.RetrainPolicy.Situation;
import dev.konomi.retrain.RetrainPolicy.Spent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrainPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final String OPERATOR = "we have changed the catalogue";

    private final RetrainPolicy policy = new RetrainPolicy(TestRetrainSettings.of(Map.of(
            "konomi.retrain.monthly-seconds", "3600",
            "konomi.retrain.monthly-cost", "10",
            "konomi.retrain.price-per-hour", "3")));

    @ParameterizedTest
    @CsvSource({
        // open, events, people, new events, seconds since the last training ended, why not
        "false, 400, 40, 0, , ",
        "false, 400, 40, 200, 600, ",
        "true, 400, 40, 200, 600, running",
        "true, 0, 0, 0, , running",
        "false, 399, 40, 399, , too-little-data",
        "false, 400, 39, 400, , too-little-data",
        "false, 399, 40, 0, 0, too-little-data",
        "false, 400, 40, 200, 599, cool-down",
        "false, 400, 40, 0, 0, cool-down",
        "false, 400, 40, 1, 600, ",
        "false, 400, 40, 0, 86400, nothing-new",
    })
    void decidesByTheSituation(
            boolean open, long events, long people, long fresh, @Nullable Long ended, @Nullable String why) {
        Instant lastEnded = ended == null ? null : NOW.minusSeconds(ended);
        Decision decision = policy.decide(
                new Situation(open, events, people, fresh, lastEnded, Spent.NOTHING, Drift.NONE, NOW), OPERATOR);
        if (why == null) {
            assertEquals(new Decision.Accept(OPERATOR), decision);
        } else {
            assertEquals(
                    why,
                    assertInstanceOf(Decision.Decline.class, decision).why().wireName());
        }
    }

    @Test
    void saysWhatIsMissingAndWhenToAskAgain() {
        assertEquals(
                "There are 12 events; 400 are needed: record more.",
                detail(policy.decide(
                        new Situation(false, 12, 40, 12, null, Spent.NOTHING, Drift.NONE, NOW), OPERATOR)));
        assertTrue(detail(policy.decide(
                        new Situation(false, 400, 40, 0, NOW.minusMillis(540_500), Spent.NOTHING, Drift.NONE, NOW),
                        OPERATOR))
                .endsWith("ask again in 60 s."));
    }

    @Test
    void moreDataAndMoreTimeNeverTurnAnAcceptanceIntoARefusal() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            Situation less = new Situation(
                    random.nextBoolean(),
                    random.nextInt(800),
                    random.nextInt(80),
                    random.nextInt(400),
                    random.nextBoolean() ? null : NOW.minusSeconds(random.nextInt(1_200)),
                    Spent.NOTHING,
                    new Drift(random.nextInt(10) == 0, 100, 1, 1),
                    NOW);
            String reason = random.nextBoolean() ? OPERATOR : null;
            Situation more = new Situation(
                    less.open(),
                    less.events() + random.nextInt(400),
                    less.people() + random.nextInt(40),
                    less.newEvents() + random.nextInt(200),
                    less.lastEnded(),
                    less.spent(),
                    less.drift(),
                    NOW.plusSeconds(random.nextInt(1_000)));
            if (policy.decide(less, reason) instanceof Decision.Accept) {
                assertInstanceOf(Decision.Accept.class, policy.decide(more, reason), () -> less + " → " + more);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // new events, days since the last training, drift, reason
        "199, 1, false, ",
        "200, 1, false, news",
        "1, 1, true, drift",
        "0, 1, true, ",
        "1, 6, false, ",
        "1, 7, false, schedule",
        "0, 70, false, ",
        "0, , false, news",
    })
    void whoeverOnlyLooksNeedsNewsDriftOrALongTime(
            long fresh, @Nullable Long days, boolean drifted, @Nullable String reason) {
        Instant lastEnded = days == null ? null : NOW.minus(Duration.ofDays(days));
        Drift drift = new Drift(drifted, 900, 0.71, 0.5);
        Decision decision =
                policy.decide(new Situation(false, 400, 40, fresh, lastEnded, Spent.NOTHING, drift, NOW), null);
        if (reason == null) {
            assertEquals(
                    "nothing-new",
                    assertInstanceOf(Decision.Decline.class, decision).why().wireName());
        } else {
            String said = assertInstanceOf(Decision.Accept.class, decision).reason();
            assertTrue(said.startsWith(reason + ": "), said);
        }
    }

    @Test
    void aTrainingThatWouldOverdrawTheMonthsBudgetIsDeclinedWithTheFigures() {
        assertInstanceOf(Decision.Accept.class, spending(new Spent(3_000, 9, 600)));
        Decision.Decline tooLong = assertInstanceOf(Decision.Decline.class, spending(new Spent(3_001, 9, 600)));
        assertEquals("over-budget", tooLong.why().wireName());
        assertEquals(
                "This month's trainings took 3001 of 3600 s and the next one will take about 600: wait for the next"
                        + " month or raise konomi.retrain.monthly-seconds.",
                tooLong.detail());
        Decision.Decline tooDear = assertInstanceOf(Decision.Decline.class, spending(new Spent(1_000, 9.6, 600)));
        assertEquals(
                "This month's trainings cost 9.60 of 10.00 and the next one will cost about 0.50: wait for the next"
                        + " month or raise konomi.retrain.monthly-cost.",
                tooDear.detail());
    }

    private Decision spending(Spent spent) {
        return policy.decide(new Situation(false, 400, 40, 200, null, spent, Drift.NONE, NOW), OPERATOR);
    }

    private static String detail(Decision decision) {
        return assertInstanceOf(Decision.Decline.class, decision).detail();
    }
}

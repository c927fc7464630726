package dev.konomi.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.retrain.RetrainPolicy.Decision;
import dev.konomi.retrain.RetrainPolicy.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrainPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final RetrainPolicy policy = new RetrainPolicy(settings(400, 40, 200, Duration.ofMinutes(10)));

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
        "false, 400, 40, 199, 600, nothing-new",
        "false, 400, 40, 0, 86400, nothing-new",
    })
    void decidesByTheSituation(
            boolean open, long events, long people, long fresh, @Nullable Long ended, @Nullable String why) {
        Instant lastEnded = ended == null ? null : NOW.minusSeconds(ended);
        Decision decision = policy.decide(new Situation(open, events, people, fresh, lastEnded, NOW));
        if (why == null) {
            assertEquals(new Decision.Accept(), decision);
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
                detail(policy.decide(new Situation(false, 12, 40, 12, null, NOW))));
        assertTrue(detail(policy.decide(new Situation(false, 400, 40, 0, NOW.minusMillis(540_500), NOW)))
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
                    NOW);
            Situation more = new Situation(
                    less.open(),
                    less.events() + random.nextInt(400),
                    less.people() + random.nextInt(40),
                    less.newEvents() + random.nextInt(200),
                    less.lastEnded(),
                    NOW.plusSeconds(random.nextInt(1_000)));
            if (policy.decide(less) instanceof Decision.Accept) {
                assertInstanceOf(Decision.Accept.class, policy.decide(more), () -> less + " → " + more);
            }
        }
    }

    private static String detail(Decision decision) {
        return assertInstanceOf(Decision.Decline.class, decision).detail();
    }

    private static RetrainSettings settings(int events, int people, int fresh, Duration coolDown) {
        return new RetrainSettings() {
            @Override
            public int leastEvents() {
                return events;
            }

            @Override
            public int leastPeople() {
                return people;
            }

            @Override
            public int newEvents() {
                return fresh;
            }

            @Override
            public Duration coolDown() {
                return coolDown;
            }
        };
    }
}

package dev.konomi.cli.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Outcome;
import dev.konomi.train.evaluate.Target;
import dev.konomi.train.evaluate.TestPerson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final List<String> GROUPS = List.of("a", "a", "b", "b", "c", "c", "d", "d");

    @Test
    void aPersonsSplitsAreOneDraw() {
        Estimate once = differences(1, false);
        Estimate often = differences(20, false);

        assertEquals(once, often, "the same answers twenty times say nothing new");
        assertEquals(0.25, once.mean(), 1e-12);
    }

    @Test
    void drawingGroupsAsWellWidensTheInterval() {
        Estimate people = differences(1, false);
        Estimate both = differences(1, true);

        assertEquals(people.mean(), both.mean(), 1e-12);
        assertTrue(both.high() - both.low() > 1.2 * (people.high() - people.low()), people + " " + both);
    }

    @Test
    void closePairsAreCountedApart() {
        Tally tally = new Tally(GROUPS, false);
        TestPerson person = new TestPerson(7, List.of(), List.of(new Target(0, 2, 1), new Target(4, 6, 1)));
        int[][] cells = tally.asked(List.of(person), new boolean[][] {{true, false}});
        tally.add(cells, 0, "konomi", new Outcome(List.of(person), new double[][] {{-1, 1}}));
        tally.add(cells, 8, "konomi", new Outcome(List.of(person), new double[][] {{1, 1}}));
        tally.add(cells, 8, "popularity", new Outcome(List.of(person), new double[][] {{0, 1}}));

        Findings findings = tally.findings();

        assertEquals(2, findings.targets());
        assertEquals(1, findings.close().targets());
        assertEquals(0.25, mean(findings.all().margin(), "popularity"), 1e-12);
        assertEquals(0.5, mean(findings.close().margin(), "popularity"), 1e-12);
        assertEquals(0.5, mean(findings.history(), "konomi"), 1e-12);
    }

    /// Of everybody Konomi is right about the pair of groups a and b that popularity ties, and both are right
    /// elsewhere.
    private static Estimate differences(int splits, boolean crossed) {
        Tally tally = new Tally(GROUPS, crossed);
        for (int split = 0; split < splits; split++) {
            List<TestPerson> people = new ArrayList<>();
            for (int id = 0; id < 30; id++) {
                Target second = id % 3 == 0 ? new Target(1, 3, 1) : new Target(4, 6, 1);
                people.add(new TestPerson(id, List.of(), List.of(new Target(0, 2, id % 2), second)));
            }
            double[][] right = new double[30][];
            double[][] tied = new double[30][];
            for (int id = 0; id < 30; id++) {
                right[id] = new double[] {id % 2 == 0 ? -1 : 1, 1};
                tied[id] = new double[] {0, 1};
            }
            int[][] cells = tally.asked(people, new boolean[30][2]);
            tally.add(cells, 8, "konomi", new Outcome(people, right));
            tally.add(cells, 8, "popularity", new Outcome(people, tied));
        }
        return Objects.requireNonNull(tally.findings().all().margin().get("popularity"));
    }

    private static double mean(Map<String, Estimate> estimates, String name) {
        return Objects.requireNonNull(estimates.get(name)).mean();
    }
}

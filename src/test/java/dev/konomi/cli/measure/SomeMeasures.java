package dev.konomi.cli.measure;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Contrasts;
import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Outcome;
import dev.konomi.train.evaluate.Reliability;
import dev.konomi.train.evaluate.Target;
import dev.konomi.train.evaluate.TestPerson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Figures that nobody measured, for reports.
public final class SomeMeasures {
    private SomeMeasures() {}

    public static Guided guided() {
        Estimate some = new Estimate(0.6, 0.5, 0.7);
        Guided.Wins wins = new Guided.Wins(some, some, some, some);
        return new Guided(wins, wins, wins);
    }

    public static Measures made() {
        Estimate some = new Estimate(0.6, 0.5, 0.7);
        SequencedMap<Integer, Groups.Compared> byHistory = new LinkedHashMap<>();
        Groups.LENGTHS.forEach(length -> byHistory.put(length, new Groups.Compared(some, some)));
        SequencedMap<Attribute, Differences.Compared> byAttribute = new LinkedHashMap<>();
        Contrasts.ATTRIBUTES.forEach(
                attribute -> byAttribute.put(attribute, new Differences.Compared(some, some, some)));
        Reasons.Control control = new Reasons.Control(some, some);
        TwoInterests.Recall recall = new TwoInterests.Recall(some, some, some);
        return new Measures(
                Reliability.of(new Outcome(
                        List.of(new TestPerson(1, List.of(), List.of(new Target(0, 1, 0.75)))),
                        new double[][] {{0.5}})),
                new Groups(
                        some,
                        some,
                        0.001,
                        byHistory,
                        List.of(new Groups.Dot(0, 0.1, 0.2), new Groups.Dot(11, -0.1, 0.3)),
                        new TwoInterests(recall, recall, recall),
                        new Names(
                                some,
                                some,
                                some,
                                List.of(new Names.Named(List.of("deep blue"), List.of("deep blue"), 1, 1, 0))),
                        new Balance(12, 1, 0.2)),
                new Differences(byAttribute),
                new Reasons(some, control, control, control, new Reasons.Shared(some, some, some)),
                Optional.of(new Intervals(some, some, some)));
    }
}

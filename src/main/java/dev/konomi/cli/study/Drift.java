package dev.konomi.cli.study;

import dev.konomi.gallery.ChangeOfTaste;
import dev.konomi.report.Chart;
import dev.konomi.report.Estimate;
import dev.konomi.report.HtmlReport;
import dev.konomi.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// How long after a change of taste predictions are as good again: the first number of events at which
/// people's mean accuracy is back to [#SHARE] of what it was before the change, straight lines between the
/// numbers that people were asked at. A single person's sixteen pairs are too few to tell when that one is
/// back.
///
/// @param seeds worlds
/// @param people in all of them
/// @param returns by who predicts
record Drift(int seeds, int people, SequencedMap<String, Return> returns) {
    /// Accuracy counts as back at this share of the old one.
    static final double SHARE = 0.95;

    /// @param events until accuracy is back; who is not within [ChangeOfTaste#LONGEST] counts as that
    /// @param back whether accuracy came back at all
    /// @param before accuracy before the change
    /// @param after accuracy by the number of events since
    record Return(Estimate events, boolean back, Estimate before, SequencedMap<Integer, Estimate> after) {}

    /// @param runs of one recipe
    /// @return nothing where there is none
    static Optional<Drift> of(List<DriftRun> runs) {
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        SequencedMap<String, Return> returns = new LinkedHashMap<>();
        returns.put("konomi", returned(runs, DriftRun::konomi));
        returns.put("withoutTime", returned(runs, DriftRun::withoutTime));
        returns.put("idealObserver", returned(runs, DriftRun::idealObserver));
        int people = runs.stream().mapToInt(run -> run.konomi().people()).sum();
        return Optional.of(new Drift(runs.size(), people, returns));
    }

    private static Return returned(List<DriftRun> runs, Function<DriftRun, Recovery> whose) {
        List<Recovery> worlds = runs.stream().map(whose).toList();
        List<double[]> before = worlds.stream().map(Recovery::before).toList();
        SequencedMap<Integer, Estimate> after = new LinkedHashMap<>();
        double[] means = new double[ChangeOfTaste.CHOICES_AFTER.size()];
        for (int place = 0; place < means.length; place++) {
            int events = ChangeOfTaste.CHOICES_AFTER.get(place);
            Estimate mean = AcrossWorlds.mean(
                    worlds.stream().map(world -> world.at(events)).toList());
            after.put(events, mean);
            means[place] = mean.mean();
        }
        Estimate old = AcrossWorlds.mean(before);
        return new Return(
                AcrossWorlds.statistic(before, counts -> {
                    double[] drawn = new double[means.length];
                    for (int place = 0; place < drawn.length; place++) {
                        int events = ChangeOfTaste.CHOICES_AFTER.get(place);
                        drawn[place] = AcrossWorlds.mean(
                                worlds.stream().map(world -> world.at(events)).toList(), counts);
                    }
                    return Math.min(ChangeOfTaste.LONGEST, back(SHARE * AcrossWorlds.mean(before, counts), drawn));
                }),
                Double.isFinite(back(SHARE * old.mean(), means)),
                old,
                after);
    }

    /// @param enough accuracy that counts as back
    /// @param after accuracy at each of [ChangeOfTaste#CHOICES_AFTER]
    /// @return events until then; infinite where that is never
    static double back(double enough, double[] after) {
        if (after[0] >= enough) {
            return 0;
        }
        for (int place = 1; place < after.length; place++) {
            if (after[place] >= enough) {
                double from = ChangeOfTaste.CHOICES_AFTER.get(place - 1);
                double to = ChangeOfTaste.CHOICES_AFTER.get(place);
                return from + (to - from) * (enough - after[place - 1]) / (after[place] - after[place - 1]);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    void write(Report report) {
        report.put("driftEvents.seeds", seeds).put("driftEvents.people", people);
        returns.forEach((who, returned) -> {
            String path = "driftEvents." + who;
            report.put(path, returned.events())
                    .put(path + ".back", Boolean.toString(returned.back()))
                    .put(path + ".before", returned.before());
            returned.after().forEach((events, accuracy) -> report.put(path + ".after." + events, accuracy));
        });
    }

    /// @return a line for each who predicts
    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "After a change of taste, events until accuracy is back to %.0f %%, %d worlds%n",
                100 * SHARE,
                seeds));
        returns.forEach((who, returned) -> text.append(String.format("%-14s %s%n", who, says(returned))));
        return text.toString();
    }

    void write(HtmlReport page) {
        List<Chart.Line> lines = new ArrayList<>();
        returns.forEach((who, returned) -> {
            List<Chart.Point> points = new ArrayList<>();
            returned.after().forEach((events, accuracy) -> points.add(new Chart.Point(events, accuracy)));
            lines.add(new Chart.Line(name(who), points));
        });
        page.section("When tastes change")
                .paragraph(String.format(
                        Locale.ROOT,
                        "%,d people in %d worlds whose interest becomes another one after %d choices, asked about the "
                                + "same pairs each time. Without time all their events are told to be of one moment. "
                                + "The ideal observer knows how many people change, but not who and when.",
                        people,
                        seeds,
                        ChangeOfTaste.CHOICES_BEFORE))
                .table(
                        List.of(
                                "",
                                "accuracy before",
                                String.format(Locale.ROOT, "events until it is back to %.0f %%", 100 * SHARE)),
                        returns.sequencedEntrySet().stream()
                                .map(entry -> List.of(
                                        name(entry.getKey()),
                                        HtmlReport.format(entry.getValue().before()),
                                        says(entry.getValue())))
                                .toList())
                .chart(Chart.lines(
                        "Accuracy after a change of taste",
                        "events since the change",
                        "accuracy",
                        Chart.Scale.LOGARITHMIC,
                        lines));
    }

    private static String says(Return returned) {
        return returned.back()
                ? String.format(
                        Locale.ROOT,
                        "%.1f [%.1f, %.1f]",
                        returned.events().mean(),
                        returned.events().low(),
                        returned.events().high())
                : "not within " + ChangeOfTaste.LONGEST;
    }

    private static String name(String who) {
        return switch (who) {
            case "konomi" -> "Konomi";
            case "withoutTime" -> "Konomi without time";
            default -> "ideal observer";
        };
    }
}

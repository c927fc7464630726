package dev.konomi.cli.study;

import dev.konomi.report.Chart;
import dev.konomi.report.Estimate;
import dev.konomi.report.HtmlReport;
import dev.konomi.report.Report;
import dev.konomi.train.evaluate.Bootstrap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What all runs together say. Intervals are over worlds and the people in them; a comparison takes the same people in
/// the same worlds, and a gain is the share of what the ideal observer gains over popularity.
final class StudyReport {
    /// With fewer worlds a figure is preliminary.
    static final int ENOUGH = 5;

    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 1000);

    private final int people;
    private final List<Row> rows;
    private final Map<Integer, List<Row>> byPeople;

    /// One variant.
    ///
    /// @param seeds worlds it was trained in
    /// @param accuracy after [StudyRun#LATE] pairs
    /// @param gain share of the ideal observer's gain over popularity after [StudyRun#LATE] pairs
    /// @param paired what it is compared in, if it and the full recipe have a world in common
    record Row(Variant variant, int seeds, Estimate accuracy, Estimate gain, Optional<Paired> paired) {
        boolean preliminary() {
            return seeds < ENOUGH;
        }
    }

    /// A variant minus the full recipe.
    ///
    /// @param seeds worlds that both were trained in
    /// @param early accuracies after [StudyRun#EARLY] pairs
    /// @param late accuracies after [StudyRun#LATE] pairs
    record Paired(int seeds, Estimate early, Estimate late) {}

    private record Pair(StudyRun run, StudyRun full) {}

    /// @param runs of one recipe
    /// @param worlds by seed
    /// @param people how many the ablations are about
    StudyReport(List<StudyRun> runs, Map<Long, StudyWorld> worlds, int people) {
        this.people = people;
        byPeople = new TreeMap<>();
        runs.stream()
                .collect(Collectors.groupingBy(run -> run.key().people()))
                .forEach((count, some) -> byPeople.put(count, rows(some, worlds)));
        rows = byPeople.getOrDefault(people, List.of());
    }

    List<Row> rows() {
        return rows;
    }

    private static List<Row> rows(List<StudyRun> runs, Map<Long, StudyWorld> worlds) {
        Map<Long, StudyRun> full = runs.stream()
                .filter(run -> run.key().variant() == Variant.FULL)
                .collect(Collectors.toMap(run -> run.key().seed(), run -> run));
        return runs.stream()
                .filter(run -> worlds.containsKey(run.key().seed()))
                .collect(Collectors.groupingBy(run -> run.key().variant(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> row(entry.getKey(), entry.getValue(), full, worlds))
                .toList();
    }

    private static Row row(
            Variant variant, List<StudyRun> unordered, Map<Long, StudyRun> full, Map<Long, StudyWorld> worlds) {
        List<StudyRun> runs = unordered.stream()
                .sorted(Comparator.comparing(run -> run.key().seed()))
                .toList();
        List<double[]> gained = new ArrayList<>();
        List<double[]> possible = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (StudyRun run : runs) {
            StudyWorld world = known(worlds, run);
            gained.add(difference(run.late(), world.popularity()));
            possible.add(difference(world.late(), world.popularity()));
            StudyRun beside = full.get(run.key().seed());
            if (beside != null && variant != Variant.FULL) {
                pairs.add(new Pair(run, beside));
            }
        }
        Optional<Paired> paired = pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Paired(pairs.size(), paired(pairs, StudyRun::early), paired(pairs, StudyRun::late)));
        return new Row(
                variant,
                runs.size(),
                mean(runs.stream().map(StudyRun::late).toList()),
                ratio(gained, possible),
                paired);
    }

    private static StudyWorld known(Map<Long, StudyWorld> worlds, StudyRun run) {
        StudyWorld world = worlds.get(run.key().seed());
        if (world == null) {
            throw new IllegalArgumentException(
                    "Nothing is known of the world of run " + run.key().name() + ".");
        }
        return world;
    }

    private static Estimate paired(List<Pair> pairs, Function<StudyRun, double[]> which) {
        return mean(pairs.stream()
                .map(pair -> difference(which.apply(pair.run()), which.apply(pair.full())))
                .toList());
    }

    private static Estimate mean(List<double[]> worlds) {
        return BOOTSTRAP.nested(sizes(worlds), counts -> sum(worlds, counts) / drawn(counts));
    }

    private static Estimate ratio(List<double[]> numerators, List<double[]> denominators) {
        return BOOTSTRAP.nested(sizes(numerators), counts -> sum(numerators, counts) / sum(denominators, counts));
    }

    private static int[] sizes(List<double[]> worlds) {
        return worlds.stream().mapToInt(world -> world.length).toArray();
    }

    private static double sum(List<double[]> worlds, int[][] counts) {
        double sum = 0;
        for (int world = 0; world < counts.length; world++) {
            double[] values = worlds.get(world);
            for (int i = 0; i < values.length; i++) {
                sum += counts[world][i] * values[i];
            }
        }
        return sum;
    }

    private static long drawn(int[][] counts) {
        long drawn = 0;
        for (int[] world : counts) {
            for (int count : world) {
                drawn += count;
            }
        }
        return drawn;
    }

    private static double[] difference(double[] values, double[] others) {
        if (values.length != others.length) {
            throw new IllegalArgumentException("Only the same people can be compared, got " + values.length + " and "
                    + others.length + ": delete the older run.");
        }
        double[] differences = new double[values.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = values[i] - others[i];
        }
        return differences;
    }

    /// @return figures for programs
    Report json() {
        Report report = new Report();
        report.put("people", people);
        for (Row row : rows) {
            String path = "ablation." + row.variant().id();
            report.put(path, row.gain())
                    .put(path + ".accuracy", row.accuracy())
                    .put(path + ".seeds", row.seeds())
                    .put(path + ".preliminary", Boolean.toString(row.preliminary()));
            row.paired()
                    .ifPresent(paired -> report.put(path + ".minusFull", paired.late())
                            .put(path + ".minusFullEarly", paired.early())
                            .put(path + ".pairedSeeds", paired.seeds()));
        }
        byPeople.forEach((count, some) -> some.forEach(
                row -> report.put("byPeople." + count + "." + row.variant().id(), row.gain())));
        return report;
    }

    /// @return the table, a line each
    String text() {
        StringBuilder text = new StringBuilder(String.format(
                "%n%,d people%n%-22s %5s  %-20s %-22s %s%n",
                people, "", "seeds", "gain", "minus full, 8 pairs", "minus full, 2 pairs"));
        for (Row row : rows) {
            text.append(String.format(
                    "%-22s %5s  %-20s %-22s %s%n",
                    row.variant().id(),
                    row.seeds() + (row.preliminary() ? "*" : ""),
                    HtmlReport.format(row.gain()),
                    row.paired().map(paired -> HtmlReport.format(paired.late())).orElse(""),
                    row.paired()
                            .map(paired -> HtmlReport.format(paired.early()))
                            .orElse("")));
        }
        return text.append(
                        rows.stream().anyMatch(Row::preliminary)
                                ? String.format("* preliminary: fewer than %d seeds%n", ENOUGH)
                                : "")
                .toString();
    }

    /// @return the page
    HtmlReport page() {
        HtmlReport page = new HtmlReport(
                "What each part is worth",
                "Each row changes one thing about the full recipe; all take the same number of steps. A gain is the "
                        + "share of what the ideal observer gains over popularity, of unseen people after 8 pairs. "
                        + "Intervals are over worlds and people; a row of fewer than " + ENOUGH
                        + " worlds is preliminary.");
        if (rows.isEmpty()) {
            return page.paragraph("No run of today's recipe is finished.");
        }
        page.section(String.format("%,d people", people))
                .chart(Chart.bars(
                        "Share of the ideal observer's gain",
                        0,
                        rows.stream()
                                .map(row ->
                                        new Chart.Bar(row.variant().id(), row.gain(), row.variant() == Variant.FULL))
                                .toList()))
                .table(
                        List.of("", "worlds", "accuracy", "gain", "minus full, 8 pairs", "minus full, 2 pairs"),
                        rows.stream().map(StudyReport::cells).toList());
        if (byPeople.size() > 1) {
            page.section("By the number of people")
                    .chart(Chart.lines(
                            "Share of the ideal observer's gain, everything",
                            "people who are learned from",
                            "share",
                            Chart.Scale.LOGARITHMIC,
                            List.of(new Chart.Line(
                                    "full",
                                    byPeople.entrySet().stream()
                                            .flatMap(entry -> entry.getValue().stream()
                                                    .filter(row -> row.variant() == Variant.FULL)
                                                    .map(row -> new Chart.Point(entry.getKey(), row.gain())))
                                            .toList()))));
        }
        return page;
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.variant().id() + ": " + row.variant().says(),
                row.seeds() + (row.preliminary() ? " (preliminary)" : ""),
                HtmlReport.format(row.accuracy()),
                HtmlReport.format(row.gain()),
                row.paired().map(paired -> HtmlReport.format(paired.late())).orElse("–"),
                row.paired().map(paired -> HtmlReport.format(paired.early())).orElse("–"));
    }
}

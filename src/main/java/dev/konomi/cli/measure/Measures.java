package dev.konomi.cli.measure;

import dev.konomi.report.Chart;
import dev.konomi.report.Estimate;
import dev.konomi.report.HtmlReport;
import dev.konomi.report.Report;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.Reliability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a release was measured by, for programs and on a page.
///
/// @param reliability of its probabilities, of unseen people's pairs
/// @param groups whether tokens are groups
/// @param differences accuracy on pairs that differ in one attribute
/// @param reasons whether named likes are reasons
/// @param intervals whether they hold the truth, where the release knows any
public record Measures(
        Reliability reliability,
        Groups groups,
        Differences differences,
        Reasons reasons,
        Optional<Intervals> intervals) {
    private static final String KONOMI = "konomi";
    private static final String IDEAL = "idealObserver";

    /// @param report gets the keys of `docs/report.md`
    public void write(Report report) {
        report.put("ece", ece());
        intervals.ifPresent(known -> report.put("coverage", known.coverage())
                .put("width", known.width())
                .put("width.constant", known.constantWidth()));
        report.put("segments.ari", groups.ari())
                .put("segments.nmi", groups.nmi())
                .put("segments.pValue", groups.pValue());
        groups.byHistory()
                .forEach((length, compared) -> report.put(
                                "segments.byHistory." + length + "." + KONOMI, compared.konomi())
                        .put("segments.byHistory." + length + "." + IDEAL, compared.idealObserver()));
        TwoInterests two = groups.twoInterests();
        recall(report, "twoInterests", two.both());
        recall(report, "twoInterests.stronger", two.stronger());
        recall(report, "twoInterests.weaker", two.weaker());
        Names names = groups.names();
        report.put("names.recall.en", names.english())
                .put("names.recall.ja", names.japanese())
                .put("names.popularity", names.popularity());
        Balance balance = groups.balance();
        report.put("tokens.count", balance.tokens())
                .put("tokens.dead", balance.dead())
                .put("tokens.largestShare", balance.largestShare());
        differences.byAttribute().forEach((attribute, compared) -> {
            String path = "byDifference." + attribute.name().toLowerCase(Locale.ROOT) + ".";
            report.put(path + KONOMI, compared.konomi())
                    .put(path + "popularity", compared.popularity())
                    .put(path + IDEAL, compared.idealObserver());
        });
        report.put("deletion.top", reasons.top());
        controls()
                .forEach((name, control) -> report.put("deletion." + name, control.fall())
                        .put("deletion." + name + ".margin", control.margin()));
        report.put("sharedAttribute.top", reasons.shared().top())
                .put("sharedAttribute.similar", reasons.shared().similar())
                .put("sharedAttribute.random", reasons.shared().random());
    }

    private static void recall(Report report, String path, TwoInterests.Recall recall) {
        report.put(path, recall.konomi())
                .put(path + "." + IDEAL, recall.idealObserver())
                .put(path + ".chance", recall.chance());
    }

    private Estimate ece() {
        return reliability.error(Bootstrap.DEFAULT);
    }

    private Map<String, Reasons.Control> controls() {
        Map<String, Reasons.Control> controls = new LinkedHashMap<>();
        controls.put("similar", reasons.similar());
        controls.put("random", reasons.random());
        controls.put("other", reasons.other());
        return controls;
    }

    /// @param page gets five sections
    public void write(HtmlReport page) {
        probabilities(page);
        intervals.ifPresent(known -> intervals(page, known));
        groups(page);
        names(page);
        differences(page);
        reasons(page);
    }

    private void probabilities(HtmlReport page) {
        List<Chart.Point> bins = reliability.bins().stream()
                .map(bin -> Chart.Point.of(bin.predicted(), bin.actual()))
                .toList();
        List<Chart.Point> ideal = List.of(bins.getFirst().x(), bins.getLast().x()).stream()
                .map(x -> Chart.Point.of(x, x))
                .toList();
        page.section("Whether probabilities mean what they say")
                .paragraph("Pairs of unseen people, sorted by how sure Konomi was and cut into " + bins.size()
                        + " bins of equal size. Expected calibration error: " + HtmlReport.format(ece()) + ".")
                .chart(Chart.lines(
                        "How often people agree, by how sure Konomi was",
                        "predicted probability",
                        "probability that the person agrees",
                        Chart.Scale.LINEAR,
                        List.of(new Chart.Line("Konomi", bins), new Chart.Line("calibrated", ideal))));
    }

    private void intervals(HtmlReport page, Intervals known) {
        page.paragraph(
                "Intervals of 90 % hold the true probability that a person chooses a picture over the one that is "
                        + "median to them in " + HtmlReport.format(known.coverage()) + " of the cases and are "
                        + HtmlReport.format(known.width()) + " wide; of one width for everybody they would have to be "
                        + HtmlReport.format(known.constantWidth()) + " wide to hold it as often.");
    }

    private void groups(HtmlReport page) {
        page.section("Whether tokens are groups")
                .paragraph(String.format(
                        Locale.ROOT,
                        "People with one interest, by their most probable token, against the segments that they are "
                                + "really from. After %d choices: adjusted Rand index %s, normalised mutual information "
                                + "%s, permutation test p = %.3f.",
                        Groups.LONGEST,
                        HtmlReport.format(groups.ari()),
                        HtmlReport.format(groups.nmi()),
                        groups.pValue()))
                .chart(Chart.lines(
                        "Agreement of tokens and segments (adjusted Rand index)",
                        "earlier choices",
                        "adjusted Rand index",
                        Chart.Scale.LOGARITHMIC,
                        List.of(
                                new Chart.Line("Konomi", byHistory(Groups.Compared::konomi)),
                                new Chart.Line("ideal observer", byHistory(Groups.Compared::idealObserver)))))
                .chart(Chart.dots(
                        "People by their activations (logarithms), coloured by true segment",
                        "first principal component",
                        "second principal component",
                        clouds()))
                .paragraph(String.format(
                        Locale.ROOT,
                        "People with two interests, after %d choices: how much of both their two strongest tokens "
                                + "find, and how often the one that carries more of what they chose, and the other. "
                                + "Chance names the two largest segments to everybody.",
                        Groups.TWO_HISTORY))
                .table(
                        List.of("", "Konomi", "ideal observer", "chance"),
                        List.of(
                                cells("both", groups.twoInterests().both()),
                                cells("stronger", groups.twoInterests().stronger()),
                                cells("weaker", groups.twoInterests().weaker())))
                .paragraph(String.format(
                        Locale.ROOT,
                        "There are %d tokens. After %d choices %d of them are nobody's most probable one; the largest "
                                + "has %.0f %% of all activation.",
                        groups.balance().tokens(),
                        Groups.LONGEST,
                        groups.balance().dead(),
                        100 * groups.balance().largestShare()));
    }

    private static List<String> cells(String name, TwoInterests.Recall recall) {
        return List.of(
                name,
                HtmlReport.format(recall.konomi()),
                HtmlReport.format(recall.idealObserver()),
                HtmlReport.format(recall.chance()));
    }

    private void names(HtmlReport page) {
        Names names = groups.names();
        page.section("Whether names say what people like")
                .paragraph("Of the " + Names.TOP
                        + " values that a segment likes best beyond what everybody likes, its token's first "
                        + Names.WORDS + " words name " + HtmlReport.format(names.english()) + " in English and "
                        + HtmlReport.format(names.japanese()) + " in Japanese; everybody's favourites name "
                        + HtmlReport.format(names.popularity()) + ".")
                .table(
                        List.of("token", "its people like best", "named"),
                        names.tokens().stream()
                                .map(named -> List.of(
                                        String.join(" · ", named.words()),
                                        String.join(" · ", named.favourites()),
                                        String.format(Locale.ROOT, "%.0f %%", 100 * named.english())))
                                .toList());
    }

    private List<Chart.Point> byHistory(Function<Groups.Compared, Estimate> whose) {
        List<Chart.Point> points = new ArrayList<>();
        groups.byHistory().forEach((length, compared) -> points.add(new Chart.Point(length, whose.apply(compared))));
        return points;
    }

    private List<Chart.Line> clouds() {
        return groups.map().stream()
                .collect(Collectors.groupingBy(
                        Groups.Dot::segment,
                        TreeMap::new,
                        Collectors.mapping(dot -> Chart.Point.of(dot.x(), dot.y()), Collectors.toList())))
                .entrySet()
                .stream()
                .map(cloud -> new Chart.Line("segment " + (cloud.getKey() + 1), cloud.getValue()))
                .toList();
    }

    private void differences(HtmlReport page) {
        List<Chart.Bar> bars = new ArrayList<>();
        differences.byAttribute().forEach((attribute, compared) -> {
            String name = attribute.name().toLowerCase(Locale.ROOT);
            bars.add(new Chart.Bar(name + ", Konomi", compared.konomi(), true));
            bars.add(new Chart.Bar(name + ", popularity", compared.popularity(), false));
            bars.add(new Chart.Bar(name + ", ideal observer", compared.idealObserver(), false));
        });
        page.section("Beyond colour")
                .paragraph("The same unseen people, asked about pairs of pictures that differ in one attribute and in "
                        + "nothing else.")
                .chart(Chart.bars("Accuracy by what the two pictures differ in", 0.5, bars));
    }

    private void reasons(HtmlReport page) {
        page.section("Whether reasons are reasons")
                .paragraph("The pictures that suit somebody best of those not seen: how far the score falls without "
                        + "three of the person's likes.")
                .chart(Chart.bars(
                        "Fall of the score",
                        0,
                        List.of(
                                new Chart.Bar("named as reasons", reasons.top(), true),
                                new Chart.Bar("most similar", reasons.similar().fall(), false),
                                new Chart.Bar("by lot", reasons.random().fall(), false),
                                new Chart.Bar(
                                        "of another picture", reasons.other().fall(), false))))
                .table(
                        List.of("", "fall", "reasons minus it"),
                        controls().entrySet().stream()
                                .map(control -> List.of(
                                        control.getKey(),
                                        HtmlReport.format(control.getValue().fall()),
                                        HtmlReport.format(control.getValue().margin())))
                                .toList())
                .paragraph("The first like that is named shares the attribute that really carries most of what the "
                        + "person thinks of the picture in "
                        + HtmlReport.format(reasons.shared().top()) + " of the cases, the most similar like in "
                        + HtmlReport.format(reasons.shared().similar()) + ", a like drawn by lot in "
                        + HtmlReport.format(reasons.shared().random()) + ".");
    }
}

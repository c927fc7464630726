package dev.konomi.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A chart as inline SVG. Colours are CSS variables with a fallback, text takes the page's colour.
///
/// @param title what a screen reader says
/// @param svg one `<svg>` element
public record Chart(String title, String svg) {
    private static final int WIDTH = 680;
    private static final int LEFT = 58;
    private static final int RIGHT = 20;
    private static final int PLOT_HEIGHT = 260;
    private static final int LEGEND_ROW = 20;
    private static final int BAR_ROW = 30;
    private static final int BAR_LEFT = 190;
    private static final int BAR_RIGHT = 184;
    private static final int MOST_BANDS = 3;
    private static final int MOST_TICKS = 10;
    private static final int MOST_MARKS = 16;
    private static final double LETTER = 7.2;
    private static final List<String> COLOURS =
            List.of("#c2416b", "#2f6f8f", "#b7791f", "#5a8f3c", "#7a5aa6", "#8a6d5b", "#3a8f86", "#777777");

    /// A series: one estimate at each of some places.
    ///
    /// @param name for the legend
    /// @param points from left to right, at least one
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("The line \"" + name + "\" has no point: leave it out.");
            }
        }
    }

    /// @param x where
    /// @param y value, with an interval that is drawn as a band
    public record Point(double x, Estimate y) {
        /// @return a point without an interval
        public static Point of(double x, double y) {
            return new Point(x, new Estimate(y, y, y));
        }
    }

    /// @param name left of the bar
    /// @param value the bar's end, and the interval around it
    /// @param emphasised drawn in the first colour, others in the second
    public record Bar(String name, Estimate value, boolean emphasised) {}

    /// How far apart places on the horizontal axis stand.
    public enum Scale {
        /// as far as their numbers
        LINEAR,
        /// as `log(1 + x)`: 0, 1, 2, 4 and 8 stand well apart
        LOGARITHMIC
    }

    /// Lines with their intervals as bands; of more than three lines the first one's alone, since
    /// bands that lie on each
    /// other tell nothing.
    ///
    /// @param title above the chart
    /// @param across what the horizontal axis shows
    /// @param up what the vertical axis shows
    /// @param scale of the horizontal axis
    /// @param lines at least one
    public static Chart lines(String title, String across, String up, Scale scale, List<Line> lines) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("The chart \"" + title + "\" has no line: leave it out.");
        }
        Frame frame = Frame.of(title, across, up, scale, lines);
        StringBuilder svg = frame.svg();
        for (int i = lines.size() - 1; i >= 0; i--) {
            line(svg, lines.get(i), colour(i), i == 0 || lines.size() <= MOST_BANDS, scale, frame.plane());
        }
        return new Chart(title, svg.append("</svg>").toString());
    }

    /// Groups of dots, each group in its colour; more groups than colours begin anew with hollow dots.
    ///
    /// @param title above the chart
    /// @param across what the horizontal axis shows
    /// @param up what the vertical axis shows
    /// @param groups at least one; intervals of their points are not drawn
    public static Chart dots(String title, String across, String up, List<Line> groups) {
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("The chart \"" + title + "\" has no dots: leave it out.");
        }
        Frame frame = Frame.of(title, across, up, Scale.LINEAR, groups);
        for (int i = 0; i < groups.size(); i++) {
            for (Point point : groups.get(i).points()) {
                frame.svg()
                        .append("<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" style=\"%s\"/>"
                                .formatted(
                                        Markup.at(frame.plane().x(point.x())),
                                        Markup.at(frame.plane().y(point.y().mean())),
                                        paint(i)));
            }
        }
        return new Chart(title, frame.svg().append("</svg>").toString());
    }

    /// @return how a series is filled, or outlined once all colours are taken
    private static String paint(int series) {
        return series < COLOURS.size()
                ? "fill:" + colour(series) + ";fill-opacity:.75"
                : "fill:none;stroke-width:1.5;stroke:" + colour(series);
    }

    /// Horizontal bars with their intervals.
    ///
    /// @param title above the chart
    /// @param from where bars begin, e.g. ½ for accuracies: chance
    /// @param bars at least one
    public static Chart bars(String title, double from, List<Bar> bars) {
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("The chart \"" + title + "\" has no bar: leave it out.");
        }
        double low = Math.min(
                from, bars.stream().mapToDouble(bar -> bar.value().low()).min().orElseThrow());
        double high = Math.max(
                from, bars.stream().mapToDouble(bar -> bar.value().high()).max().orElseThrow());
        double span = high > low ? high - low : 1;
        double scale = (WIDTH - BAR_LEFT - BAR_RIGHT) / span;
        StringBuilder svg = open(title, bars.size() * BAR_ROW + 12);
        double zero = BAR_LEFT + (from - low) * scale;
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double middle = i * BAR_ROW + 6 + BAR_ROW / 2.0;
            double end = BAR_LEFT + (bar.value().mean() - low) * scale;
            text(svg, BAR_LEFT - 10, middle + 4, "end", bar.name());
            svg.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"16\" rx=\"2\" style=\"fill:%s\" "
                    .formatted(
                            Markup.at(Math.min(zero, end)),
                            Markup.at(middle - 8),
                            Markup.at(Math.abs(end - zero)),
                            colour(bar.emphasised() ? 0 : 1)));
            svg.append("fill-opacity=\".75\"/>");
            svg.append("<path d=\"M%s %s H%s M%s %s v8 M%s %s v8\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"
                    .formatted(
                            Markup.at(BAR_LEFT + (bar.value().low() - low) * scale),
                            Markup.at(middle),
                            Markup.at(BAR_LEFT + (bar.value().high() - low) * scale),
                            Markup.at(BAR_LEFT + (bar.value().low() - low) * scale),
                            Markup.at(middle - 4),
                            Markup.at(BAR_LEFT + (bar.value().high() - low) * scale),
                            Markup.at(middle - 4)));
            text(svg, WIDTH - BAR_RIGHT + 12, middle + 4, "start", HtmlReport.format(bar.value()));
        }
        svg.append("<line x1=\"%1$s\" x2=\"%1$s\" y1=\"4\" y2=\"%2$d\" stroke=\"currentColor\"/>"
                .formatted(Markup.at(zero), bars.size() * BAR_ROW + 8));
        return new Chart(title, svg.append("</svg>").toString());
    }

    private static StringBuilder open(String title, int height) {
        return new StringBuilder()
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %d\" "
                        .formatted(WIDTH, height))
                .append("font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"none\">")
                .append("<title>")
                .append(Markup.escape(title))
                .append("</title>");
    }

    private static void line(StringBuilder svg, Line line, String colour, boolean withBand, Scale scale, Plane plane) {
        StringBuilder band = new StringBuilder();
        StringBuilder stroke = new StringBuilder();
        for (Point point : line.points()) {
            String x = Markup.at(plane.x(place(point.x(), scale)));
            stroke.append(stroke.isEmpty() ? "M" : " L").append(x).append(' ');
            stroke.append(Markup.at(plane.y(point.y().mean())));
            band.append(band.isEmpty() ? "M" : " L").append(x).append(' ');
            band.append(Markup.at(plane.y(point.y().high())));
        }
        for (Point point : line.points().reversed()) {
            band.append(" L")
                    .append(Markup.at(plane.x(place(point.x(), scale))))
                    .append(' ');
            band.append(Markup.at(plane.y(point.y().low())));
        }
        if (withBand) {
            svg.append(
                    "<path class=\"band\" d=\"%s Z\" style=\"fill:%s\" fill-opacity=\".13\"/>".formatted(band, colour));
        }
        svg.append("<path class=\"line\" d=\"%s\" style=\"stroke:%s\" stroke-width=\"2\"/>".formatted(stroke, colour));
        if (line.points().size() <= MOST_MARKS) {
            for (Point point : line.points()) {
                svg.append("<circle cx=\"%s\" cy=\"%s\" r=\"3\" style=\"fill:%s\"/>"
                        .formatted(
                                Markup.at(plane.x(place(point.x(), scale))),
                                Markup.at(plane.y(point.y().mean())),
                                colour));
            }
        }
    }

    private static void legend(StringBuilder svg, List<Line> lines, List<Integer> rows) {
        double x = LEFT;
        for (int i = 0; i < lines.size(); i++) {
            int row = rows.get(i);
            x = i == 0 || rows.get(i - 1) != row ? LEFT : x;
            svg.append("<rect x=\"%s\" y=\"%d\" width=\"14\" height=\"4\" style=\"%s\"/>"
                    .formatted(Markup.at(x), 8 + row * LEGEND_ROW, paint(i)));
            text(svg, x + 20, 14 + row * LEGEND_ROW, "start", lines.get(i).name());
            x += entry(lines.get(i));
        }
    }

    private static List<Integer> legendRows(List<Line> lines) {
        List<Integer> rows = new ArrayList<>();
        double x = LEFT;
        int row = 0;
        for (Line line : lines) {
            if (x > LEFT && x + entry(line) > WIDTH) {
                row++;
                x = LEFT;
            }
            rows.add(row);
            x += entry(line);
        }
        return rows;
    }

    private static double entry(Line line) {
        return 44 + LETTER * line.name().length();
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"currentColor\">%s</text>"
                .formatted(Markup.at(x), Markup.at(y), anchor, Markup.escape(text)));
    }

    private static String colour(int series) {
        int which = series % COLOURS.size();
        return "var(--series-" + (which + 1) + ", " + COLOURS.get(which) + ")";
    }

    private static Stream<Point> points(List<Line> lines) {
        return lines.stream().flatMap(line -> line.points().stream());
    }

    private static double place(double x, Scale scale) {
        return switch (scale) {
            case LINEAR -> x;
            case LOGARITHMIC -> Math.log1p(x);
        };
    }

    /// The places themselves where there are few, else round numbers between them.
    private static double[] ticks(double[] xs) {
        if (xs.length <= MOST_TICKS) {
            return xs;
        }
        double step = apart(xs);
        double first = Math.ceil(xs[0] / step);
        int count = (int) (Math.floor(xs[xs.length - 1] / step) - first) + 1;
        double[] ticks = new double[count];
        for (int i = 0; i < count; i++) {
            ticks[i] = (first + i) * step;
        }
        return ticks;
    }

    /// @return how far round numbers between the places stand apart; 1 where the places are the ticks
    private static double apart(double[] xs) {
        return xs.length <= MOST_TICKS ? 1 : step(xs[0], xs[xs.length - 1]);
    }

    /// 1, 2 or 5 times a power of ten, four to ten of them between low and high.
    private static double step(double low, double high) {
        double raw = Math.max(high - low, 1e-9) / 4;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double digit = raw / power;
        return (digit >= 5 ? 5 : digit >= 2 ? 2 : 1) * power;
    }

    private static String tick(double value, double step) {
        if (value == Math.rint(value) && step >= 1) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int digits = (int) Math.clamp(Math.ceil(-Math.log10(step)), 1, 6);
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /// Axes, grid and legend around whatever is drawn.
    private record Frame(StringBuilder svg, Plane plane) {
        static Frame of(String title, String across, String up, Scale scale, List<Line> lines) {
            double[] xs =
                    points(lines).mapToDouble(Point::x).distinct().sorted().toArray();
            double low =
                    points(lines).mapToDouble(point -> point.y().low()).min().orElseThrow();
            double high =
                    points(lines).mapToDouble(point -> point.y().high()).max().orElseThrow();
            double step = step(low, high);
            double bottom = Math.floor(low / step) * step;
            double top = Math.max(Math.ceil(high / step) * step, bottom + step);
            List<Integer> rows = legendRows(lines);
            int above = 12 + (rows.getLast() + 1) * LEGEND_ROW;
            Plane plane = new Plane(place(xs[0], scale), place(xs[xs.length - 1], scale), bottom, top, above);

            StringBuilder svg = open(title, above + PLOT_HEIGHT + 48);
            for (long k = 0; bottom + k * step <= top + step / 2; k++) {
                double value = bottom + k * step;
                String y = Markup.at(plane.y(value));
                svg.append("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\" stroke=\"currentColor\" "
                        .formatted(LEFT, WIDTH - RIGHT, y, y));
                svg.append("stroke-opacity=\".15\"/>");
                text(svg, LEFT - 8, plane.y(value) + 4, "end", tick(value, step));
            }
            for (double x : ticks(xs)) {
                text(svg, plane.x(place(x, scale)), above + PLOT_HEIGHT + 18, "middle", tick(x, apart(xs)));
            }
            text(svg, (LEFT + WIDTH - RIGHT) / 2.0, above + PLOT_HEIGHT + 38, "middle", across);
            svg.append(
                    "<text transform=\"translate(14 %s) rotate(-90)\" text-anchor=\"middle\" fill=\"currentColor\">%s</text>"
                            .formatted(Markup.at(above + PLOT_HEIGHT / 2.0), Markup.escape(up)));
            legend(svg, lines, rows);
            return new Frame(svg, plane);
        }
    }

    private record Plane(double left, double right, double bottom, double top, int above) {
        double x(double place) {
            double share = right > left ? (place - left) / (right - left) : 0.5;
            return LEFT + 10 + share * (WIDTH - LEFT - RIGHT - 20);
        }

        double y(double value) {
            return above + PLOT_HEIGHT * (top - value) / (top - bottom);
        }
    }
}

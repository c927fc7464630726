package dev.konomi.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.report.Chart.Bar;
import dev.konomi.report.Chart.Line;
import dev.konomi.report.Chart.Point;
import dev.konomi.report.Chart.Scale;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartTest {
    @Test
    void namesThatLookLikeMarkupStayText() throws Exception {
        Chart chart = Chart.bars("<b>\"a\" & 'b'", 0.5, List.of(new Bar("</svg>\u0000", value(0.7), true)));

        Document svg = parse(chart);

        assertEquals("<b>\"a\" & 'b'", svg.getElementsByTagName("title").item(0).getTextContent());
        assertEquals("</svg>�", svg.getElementsByTagName("text").item(0).getTextContent());
    }

    @Test
    void everyDotIsDrawnAndGroupsBeyondTheColoursAreHollow() throws Exception {
        List<Line> groups = new ArrayList<>();
        for (int group = 0; group < 12; group++) {
            groups.add(new Line("group " + group, List.of(Point.of(-group, 0.01 * group), Point.of(group, 1))));
        }
        Document svg = parse(Chart.dots("t", "x", "y", groups));
        NodeList texts = svg.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            assertEquals("currentColor", ((Element) texts.item(i)).getAttribute("fill"));
        }
        NodeList circles = svg.getElementsByTagName("circle");
        assertEquals(24, circles.getLength());
        List<String> looks = new ArrayList<>();
        for (int i = 0; i < circles.getLength(); i += 2) {
            looks.add(((Element) circles.item(i)).getAttribute("style"));
        }
        assertEquals(12, looks.stream().distinct().count());
        assertTrue(looks.get(8).contains("fill:none") && !looks.get(7).contains("fill:none"));
    }

    @Test
    void anyLinesGiveAWellFormedChartWithAllPointsInside() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 60; round++) {
            double scale = Math.pow(10, random.nextInt(-5, 6));
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(9); i++) {
                List<Point> points = new ArrayList<>();
                for (int x = 0; x < 1 + random.nextInt(9); x++) {
                    double mean = scale * random.nextGaussian();
                    double width = round % 5 == 0 ? 0 : scale * random.nextDouble();
                    points.add(new Point(x, new Estimate(mean, mean - width, mean + width)));
                }
                lines.add(new Line("line " + i, points));
            }
            Document svg = parse(Chart.lines("t", "x", "y", Scale.values()[round % 2], lines));

            int height = Integer.parseInt(
                    svg.getDocumentElement().getAttribute("viewBox").split(" ")[3]);
            NodeList circles = svg.getElementsByTagName("circle");
            assertEquals(lines.stream().mapToInt(line -> line.points().size()).sum(), circles.getLength());
            for (int i = 0; i < circles.getLength(); i++) {
                Element circle = (Element) circles.item(i);
                double x = Double.parseDouble(circle.getAttribute("cx"));
                double y = Double.parseDouble(circle.getAttribute("cy"));
                assertTrue(x >= 0 && x <= 680 && y >= 0 && y <= height, "a point at " + x + ", " + y);
            }
        }
    }

    @Test
    void ofManyLinesTheFirstAloneHasABand() throws Exception {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            lines.add(new Line("line " + i, List.of(new Point(0, value(0.6)), new Point(1, value(0.7)))));
        }

        assertEquals(1, bands(parse(Chart.lines("t", "x", "y", Scale.LINEAR, lines))));
        assertEquals(3, bands(parse(Chart.lines("t", "x", "y", Scale.LINEAR, lines.subList(0, 3)))));
    }

    private static long bands(Document svg) {
        NodeList paths = svg.getElementsByTagName("path");
        long bands = 0;
        for (int i = 0; i < paths.getLength(); i++) {
            bands += ((Element) paths.item(i)).getAttribute("class").equals("band") ? 1 : 0;
        }
        return bands;
    }

    @Test
    void aHigherValueStandsHigherAndALongerBarIsLonger() throws Exception {
        Document lines = parse(Chart.lines(
                "t", "x", "y", Scale.LOGARITHMIC, List.of(new Line("a", List.of(Point.of(0, 0.6), Point.of(8, 0.7))))));
        Document bars =
                parse(Chart.bars("t", 0.5, List.of(new Bar("a", value(0.6), false), new Bar("b", value(0.7), true))));

        assertTrue(number(lines, "circle", 0, "cy") > number(lines, "circle", 1, "cy"));
        assertTrue(number(lines, "circle", 0, "cx") < number(lines, "circle", 1, "cx"));
        assertTrue(number(bars, "rect", 0, "width") < number(bars, "rect", 1, "width"));
    }

    @Test
    void coordinatesDoNotFollowTheMachinesLocale() throws Exception {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            parse(Chart.bars("t", 0.5, List.of(new Bar("a", value(0.6), false))));
            assertEquals(".600", HtmlReport.format(0.6));
            assertTrue(!Chart.bars("t", 0.5, List.of(new Bar("a", value(0.6), false)))
                    .svg()
                    .matches("(?s).*\"\\d+,\\d+\".*"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void anEmptyChartIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Chart.bars("t", 0, List.of()));
        assertThrows(IllegalArgumentException.class, () -> Chart.lines("t", "x", "y", Scale.LINEAR, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Line("a", List.of()));
    }

    private static Estimate value(double mean) {
        return new Estimate(mean, mean - 0.02, mean + 0.02);
    }

    private static double number(Document svg, String element, int index, String attribute) {
        return Double.parseDouble(((Element) svg.getElementsByTagName(element).item(index)).getAttribute(attribute));
    }

    private static Document parse(Chart chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));
    }
}

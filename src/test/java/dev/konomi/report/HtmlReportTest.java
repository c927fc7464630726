package dev.konomi.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.gallery.Painter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    @Test
    void allTextIsEscaped() {
        String evil = "<script>alert('x')</script>";
        String html = new HtmlReport(evil, evil)
                .section(evil)
                .paragraph(evil)
                .table(List.of(evil), List.of(List.of(evil)))
                .chart(Chart.bars(evil, 0, List.of(new Chart.Bar(evil, new Estimate(1, 0, 2), true))))
                .pictures(evil, List.of(new HtmlReport.Picture(picture(), evil)))
                .html();

        assertFalse(html.contains("<script"));
        assertTrue(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        String html = new HtmlReport("t", "l")
                .pictures("p", List.of(new HtmlReport.Picture(picture(), "")))
                .html();

        assertTrue(html.contains("src=\"data:image/jpeg;base64,"));
        assertFalse(html.matches("(?s).*(src|href)=\"(?!data:).*"));
        assertFalse(html.contains("@import"));
        assertFalse(html.contains("url("));
    }

    @Test
    void bothColourSchemesAreThere() {
        assertTrue(new HtmlReport("t", "l").html().contains("prefers-color-scheme:dark"));
    }

    @Test
    void aRaggedTableAndBytesThatAreNoPictureAreRefused() {
        HtmlReport report = new HtmlReport("t", "l");

        assertThrows(
                IllegalArgumentException.class, () -> report.table(List.of("a", "b"), List.of(List.of("only one"))));
        assertThrows(
                IllegalArgumentException.class,
                () -> report.pictures("p", List.of(new HtmlReport.Picture(new byte[20], ""))));
    }

    @Test
    void thePageIsWrittenIntoAFolderThatDidNotExist(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a/b/report.html");
        new HtmlReport("Konomi 好み", "l").write(file);

        assertTrue(Files.readString(file).contains("Konomi 好み"));
    }

    @Test
    void theEndsOfAnIntervalStayOnOneLineInATable() {
        String html = new HtmlReport("a", "b")
                .table(List.of("", "x"), List.of(List.of("a, b", HtmlReport.format(new Estimate(-0.1, -0.25, 0.5)))))
                .html();
        assertTrue(html.contains("<td>a, b</td><td>−.100 [−.250,\u00A0.500]</td>"), html);
    }

    @Test
    void figuresHaveThreeDecimals() {
        assertEquals(".734 [.721, .747]", HtmlReport.format(new Estimate(0.7341, 0.7212, 0.7469)));
        assertEquals("−.012", HtmlReport.format(-0.0123));
        assertEquals(".000", HtmlReport.format(-0.0001));
        assertEquals("1.000", HtmlReport.format(1));
        assertEquals("–", HtmlReport.format(Double.NaN));
    }

    private static byte[] picture() {
        return Painter.jpeg(Painter.paint("a quiet lake", 1));
    }
}

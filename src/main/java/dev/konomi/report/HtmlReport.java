package dev.konomi.report;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A page that people read: one file, nothing fetched, light and dark. All text is escaped here; no
/// other class
/// knows HTML.
public final class HtmlReport {
    private static final Pattern INTERVAL = Pattern.compile("(\\[[−.\\d]+), ([−.\\d]+\\])");

    private static final String STYLE = """
            :root{color-scheme:light dark;--paper:#fbfaf7;--ink:#23201d;--quiet:#6d665f;--rule:#e2ddd5;
            --series-1:#c2416b;--series-2:#2f6f8f;--series-3:#b7791f;--series-4:#5a8f3c;--series-5:#7a5aa6;
            --series-6:#8a6d5b;--series-7:#3a8f86;--series-8:#777777}
            @media(prefers-color-scheme:dark){:root{--paper:#191817;--ink:#ece7e0;--quiet:#a39b92;--rule:#38342f;
            --series-1:#f07aa0;--series-2:#79b8d8;--series-3:#e5b25d;--series-4:#9ccb7c;--series-5:#b79ae0;
            --series-6:#c7a892;--series-7:#76c8be;--series-8:#aaaaaa}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,sans-serif}
            main{max-width:46rem;margin:0 auto;padding:3rem 1.25rem 5rem}
            h1{font-size:1.9rem;line-height:1.2;margin:0}
            h2{font-size:1.15rem;margin:2.75rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--rule)}
            .lead,figcaption,.quiet{color:var(--quiet)}
            figure{margin:1rem 0}figcaption{font-size:.875rem}svg{width:100%;height:auto}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.9375rem}
            th,td{text-align:right;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--rule)}
            th:first-child,td:first-child{text-align:left}th{font-weight:600}
            .pictures{display:flex;flex-wrap:wrap;gap:.5rem;margin:.25rem 0 1rem}
            .pictures figure{margin:0;width:6.5rem}
            .pictures img{width:100%;aspect-ratio:1;object-fit:cover;border-radius:4px;display:block}
            .pictures figcaption{font-size:.75rem;line-height:1.35}
            """;

    private final StringBuilder body = new StringBuilder();
    private final String title;

    /// A picture in the page.
    ///
    /// @param file PNG, JPEG, GIF or WebP bytes
    /// @param caption below the picture; may be empty
    public record Picture(byte[] file, String caption) {}

    /// @param title of the page
    /// @param lead what this is, in one or two sentences
    public HtmlReport(String title, String lead) {
        this.title = title;
        body.append("<h1>").append(Markup.escape(title)).append("</h1>\n");
        body.append("<p class=\"lead\">").append(Markup.escape(lead)).append("</p>\n");
    }

    /// Begins a section.
    public HtmlReport section(String heading) {
        body.append("<h2>").append(Markup.escape(heading)).append("</h2>\n");
        return this;
    }

    /// Adds a paragraph.
    public HtmlReport paragraph(String text) {
        body.append("<p>").append(Markup.escape(text)).append("</p>\n");
        return this;
    }

    /// Adds a chart with its title below it.
    public HtmlReport chart(Chart chart) {
        body.append("<figure>").append(chart.svg()).append("<figcaption>");
        body.append(Markup.escape(chart.title())).append("</figcaption></figure>\n");
        return this;
    }

    /// Adds a table; the first column is text, the others numbers.
    ///
    /// @param header one cell a column
    /// @param rows as many cells each
    /// @throws IllegalArgumentException if a row has more or fewer cells than the header
    public HtmlReport table(List<String> header, List<List<String>> rows) {
        body.append("<div class=\"scroll\"><table><thead>");
        row(header, "th");
        body.append("</thead><tbody>");
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "A row of " + row.size() + " cells under a header of " + header.size() + ": " + row + ".");
            }
            row(row, "td");
        }
        body.append("</tbody></table></div>\n");
        return this;
    }

    /// Adds a row of pictures.
    ///
    /// @param caption above them
    /// @param pictures any number
    public HtmlReport pictures(String caption, List<Picture> pictures) {
        body.append("<p class=\"quiet\">").append(Markup.escape(caption)).append("</p><div class=\"pictures\">");
        for (Picture picture : pictures) {
            body.append("<figure><img loading=\"lazy\" alt=\"")
                    .append(Markup.escape(picture.caption()))
                    .append("\" src=\"data:")
                    .append(mediaType(picture.file()))
                    .append(";base64,")
                    .append(Base64.getEncoder().encodeToString(picture.file()))
                    .append("\">");
            if (!picture.caption().isEmpty()) {
                body.append("<figcaption>")
                        .append(Markup.escape(picture.caption()))
                        .append("</figcaption>");
            }
            body.append("</figure>");
        }
        body.append("</div>\n");
        return this;
    }

    /// @return the whole page
    public String html() {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
                + Markup.escape(title) + "</title><style>\n" + STYLE + "</style></head>\n<body><main>\n" + body
                + "</main></body></html>\n";
    }

    /// Writes the page; folders that are missing are made.
    ///
    /// @throws UncheckedIOException when the file cannot be written
    public void write(Path file) {
        Report.write(file, html().getBytes(StandardCharsets.UTF_8));
    }

    /// @return `.734 [.721, .747]`
    public static String format(Estimate estimate) {
        return format(estimate.mean()) + " [" + format(estimate.low()) + ", " + format(estimate.high()) + "]";
    }

    /// @return three decimals without a leading zero, such as `.734` or `−.012`; `–` for what is
    ///     not a number
    public static String format(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        String digits = String.format(Locale.ROOT, "%.3f", Math.abs(value));
        String bare = digits.startsWith("0.") ? digits.substring(1) : digits;
        return value < 0 && !bare.equals(".000") ? "−" + bare : bare;
    }

    private void row(List<String> cells, String element) {
        body.append("<tr>");
        for (String cell : cells) {
            body.append('<').append(element).append('>').append(unbroken(Markup.escape(cell)));
            body.append("</").append(element).append('>');
        }
        body.append("</tr>");
    }

    /// Keeps the two ends of an interval on one line.
    private static String unbroken(String cell) {
        return INTERVAL.matcher(cell).replaceAll("$1,\u00A0$2");
    }

    private static String mediaType(byte[] file) {
        int first = file.length < 12 ? -1 : file[0] & 0xFF;
        return switch (first) {
            case 0x89 -> "image/png";
            case 0xFF -> "image/jpeg";
            case 'G' -> "image/gif";
            case 'R' -> "image/webp";
            default ->
                throw new IllegalArgumentException(
                        "A picture of " + file.length + " bytes is no PNG, JPEG, GIF or WebP: leave it out.");
        };
    }
}

package dev.konomi.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// What starting costs.
///
/// @param artifacts cold starts of each in the order of the rounds, by name; [#PLAIN] among them
public record StartupFigures(Map<String, List<Cold>> artifacts) {
    /// The functions by `java -jar … serve`, without any option for Java.
    public static final String PLAIN = "plain";

    /// One cold start.
    ///
    /// @param seconds from the start of the process to its first answer
    /// @param residentMegabytes of the process after it
    /// @param processorSeconds that the process took until then, of all processors
    public record Cold(double seconds, double residentMegabytes, double processorSeconds) {}

    /// @param artifact its name
    /// @return median of the seconds to the first answer
    public double seconds(String artifact) {
        return Quantiles.of(of(artifact).stream().mapToDouble(Cold::seconds).toArray())
                .median();
    }

    /// @param artifact its name
    /// @return median of its seconds over those of [#PLAIN] in the same round
    public double ofPlain(String artifact) {
        List<Cold> plain = of(PLAIN);
        List<Cold> other = of(artifact);
        return Quantiles.of(IntStream.range(0, plain.size())
                        .mapToDouble(i -> other.get(i).seconds() / plain.get(i).seconds())
                        .toArray())
                .median();
    }

    private List<Cold> of(String artifact) {
        return Objects.requireNonNull(artifacts.get(artifact), artifact);
    }

    /// @return a table
    public String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Cold process to first answer of score, medians of %d:%n%n%-14s %8s %15s %9s %11s %12s%n",
                of(PLAIN).size(),
                "",
                "seconds",
                "least to most",
                "of plain",
                "resident MB",
                "processor s"));
        for (String artifact : artifacts.keySet()) {
            List<Cold> starts = of(artifact);
            var seconds = starts.stream().mapToDouble(Cold::seconds).summaryStatistics();
            text.append(String.format(
                    Locale.ROOT,
                    "%-14s %8.3f %15s %9.3f %11.0f %12.2f%n",
                    artifact,
                    seconds(artifact),
                    String.format(Locale.ROOT, "%.2f to %.2f", seconds.getMin(), seconds.getMax()),
                    ofPlain(artifact),
                    Quantiles.of(starts.stream()
                                    .mapToDouble(Cold::residentMegabytes)
                                    .toArray())
                            .median(),
                    Quantiles.of(starts.stream()
                                    .mapToDouble(Cold::processorSeconds)
                                    .toArray())
                            .median()));
        }
        return text.toString();
    }
}

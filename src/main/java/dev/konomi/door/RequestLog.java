package dev.konomi.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One line of JSON for each request, on standard output: what was called, how it went, the trace, the decision. Never
/// a person, an image, or a word of what was said.
///
/// A line is at the same time what CloudWatch makes metrics of, in the namespace `Konomi` by `Function`, without a call
/// to anybody (its embedded metric format).
public final class RequestLog {
    /// The metrics' namespace.
    public static final String NAMESPACE = "Konomi";

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern X_RAY = Pattern.compile("Root=1-([0-9a-f]{8})-([0-9a-f]{24})");
    private static final Map<String, String> UNITS = Map.of(
            "Duration", "Milliseconds",
            "EventToAnswerLag", "Seconds",
            "ReleaseAge", "Seconds",
            "QueueAge", "Seconds",
            "TrainingSeconds", "Seconds");
    private static final ThreadLocal<@Nullable Incoming> INCOMING = new ThreadLocal<>();
    private static final ConcurrentHashMap<String, LongAdder> COUNTED = new ConcurrentHashMap<>();

    private RequestLog() {}

    /// Counts something on any thread; the next line tells it.
    ///
    /// @param metric its name
    /// @param number how many
    public static void count(String metric, long number) {
        COUNTED.computeIfAbsent(metric, name -> new LongAdder()).add(number);
    }

    // Made when the first number is drawn: a snapshot of a process must not hold one.
    private static final class Random {
        static final SecureRandom NUMBERS = new SecureRandom();
    }

    /// What a transport knows of a request.
    ///
    /// @param function which is called
    /// @param trace 32 hexadecimal digits
    record Incoming(String function, String trace) {
        /// @return what is handed on, so that others' lines have the same trace
        String traceparent() {
            return "00-" + trace + "-" + anew().substring(0, 16) + "-01";
        }

        /// @param function which is called
        /// @param traceparent the caller's, in the form of W3C Trace Context; or null
        static Incoming of(String function, @Nullable String traceparent) {
            Matcher given = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
            return new Incoming(
                    function, given.matches() ? given.group(1) : lambdas().orElseGet(RequestLog::anew));
        }
    }

    /// Lets a door on the same thread know what comes in.
    static void within(Incoming incoming, Runnable work) {
        INCOMING.set(incoming);
        try {
            work.run();
        } finally {
            INCOMING.remove();
        }
    }

    /// @param exported the one function of this process, where no transport says which is called
    /// @return what is known of the request on this thread
    static Incoming incoming(String exported) {
        Incoming incoming = INCOMING.get();
        return incoming == null ? Incoming.of(exported, null) : incoming;
    }

    /// @param incoming what is known of the request
    /// @param call what came in
    /// @param outcomes what became of each part
    /// @param nanos how long it took
    static void answered(Incoming incoming, Call call, List<? extends Outcome<?>> outcomes, long nanos) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        Map<String, Double> figures = new TreeMap<>();
        figures.put("Duration", nanos / 1e6);
        int worst = 200;
        int refused = 0;
        for (Outcome<?> outcome : outcomes) {
            switch (outcome) {
                case Outcome.Refused<?>(Problem problem) -> {
                    worst = Math.max(worst, problem.status());
                    refused++;
                    line.put("problem", problem.type());
                }
                case Outcome.Answered<?>(Attributed answer) -> {
                    Optional.ofNullable(answer.decision()).ifPresent(decision -> line.put("decision", decision));
                    Optional.ofNullable(answer.release()).ifPresent(release -> line.put("release", release));
                }
                case Outcome.Answered<?> answered -> {}
            }
        }
        if (worst >= 500) {
            figures.put("Failures", 1.0);
        }
        call.lagMillis(System.currentTimeMillis()).ifPresent(lag -> figures.put("EventToAnswerLag", lag / 1e3));
        line.put("transport", call.transport().name())
                .put("status", worst)
                .put("parts", outcomes.size())
                .put("refused", refused);
        write(incoming, line, figures);
    }

    /// @param incoming what is known of the request
    /// @param problem why it reached no function
    static void refused(Incoming incoming, Problem problem) {
        write(
                incoming,
                Json.MAPPER.createObjectNode().put("status", problem.status()).put("problem", problem.type()),
                Map.of());
    }

    /// Tells figures that belong to no request of their own.
    ///
    /// @param function which tells them
    /// @param traceparent the trace they belong to, or null for one of their own
    /// @param figures by name
    public static void figures(String function, @Nullable String traceparent, Map<String, Double> figures) {
        write(Incoming.of(function, traceparent), Json.MAPPER.createObjectNode(), figures);
    }

    private static void write(Incoming incoming, ObjectNode line, Map<String, Double> given) {
        Map<String, Double> figures = new TreeMap<>(given);
        COUNTED.forEach((name, number) -> {
            long counted = number.sumThenReset();
            if (counted > 0) {
                figures.merge(name, (double) counted, Double::sum);
            }
        });
        line.put("Function", incoming.function()).put("trace", incoming.trace());
        figures.forEach((name, value) -> line.put(name, Math.round(value * 1_000) / 1_000.0));
        ObjectNode metrics = Json.MAPPER.createObjectNode();
        metrics.put("Namespace", NAMESPACE);
        metrics.putArray("Dimensions").addArray().add("Function");
        ArrayNode named = metrics.putArray("Metrics");
        figures.keySet()
                .forEach(name -> named.addObject().put("Name", name).put("Unit", UNITS.getOrDefault(name, "Count")));
        ObjectNode aws = line.putObject("_aws");
        aws.put("Timestamp", System.currentTimeMillis());
        aws.putArray("CloudWatchMetrics").add(metrics);
        System.out.println(line);
    }

    private static Optional<String> lambdas() {
        String header = System.getProperty("com.amazonaws.xray.traceHeader", "");
        Matcher root = X_RAY.matcher(header);
        return root.find() ? Optional.of(root.group(1) + root.group(2)) : Optional.empty();
    }

    private static String anew() {
        byte[] bytes = new byte[16];
        Random.NUMBERS.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

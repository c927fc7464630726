package dev.konomi.cli;

import dev.konomi.train.Watcher;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How training gets on: a bar on a terminal, elsewhere a line for each stage and each twentieth.
final class TrainingProgress implements Watcher, AutoCloseable {
    private static final long WHOLE = 1_000;
    private static final double LINE_EVERY = 0.05;

    private final @Nullable Bar bar =
            System.console() != null && System.console().isTerminal() ? new Bar("Training", WHOLE) : null;
    private String lastStage = "";
    private double lastFraction;
    private boolean closed;

    @Override
    public synchronized void at(String stage, double fraction, String message) {
        if (closed) {
            return;
        }
        if (bar != null) {
            bar.to(Math.round(WHOLE * fraction));
            bar.says(stage + ": " + message);
        } else if (!stage.equals(lastStage) || fraction >= lastFraction + LINE_EVERY) {
            lastFraction = fraction;
            System.out.printf(Locale.ROOT, "%3.0f %%  %-16s %s%n", 100 * fraction, stage, message);
        }
        lastStage = stage;
    }

    @Override
    public synchronized void close() {
        if (bar != null && !closed) {
            bar.to(WHOLE);
            bar.close();
        }
        closed = true;
    }
}

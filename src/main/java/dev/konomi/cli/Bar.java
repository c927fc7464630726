package dev.konomi.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Progress of long work: a bar on a terminal, a plain line every tenth elsewhere.
public final class Bar implements AutoCloseable {
    private final String name;
    private final long total;
    private final PrintStream out;
    private final long started = System.nanoTime();
    private final @Nullable ProgressBar drawn;
    private long done;
    private long printedTenths;

    /// @param name what is being done
    /// @param total steps until it is done
    public Bar(String name, long total) {
        this(
                name,
                total,
                System.out,
                System.console() != null && System.console().isTerminal());
    }

    Bar(String name, long total, PrintStream out, boolean terminal) {
        this.name = name;
        this.total = total;
        this.out = out;
        this.drawn = terminal
                ? new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                        .setUpdateIntervalMillis(200)
                        .build()
                : null;
    }

    /// @param count steps done since the last call
    public synchronized void step(long count) {
        to(done + count);
    }

    /// @param now steps done in all
    public synchronized void to(long now) {
        done = now;
        if (drawn != null) {
            drawn.stepTo(now);
            return;
        }
        long tenths = total == 0 ? 10 : 10 * now / total;
        if (tenths > printedTenths) {
            printedTenths = tenths;
            out.println(line(now));
        }
    }

    /// @param text what is being done right now, for example a loss
    public void says(String text) {
        if (drawn != null) {
            drawn.setExtraMessage(text);
        }
    }

    private String line(long now) {
        double seconds = (System.nanoTime() - started) / 1e9;
        return String.format(
                Locale.ROOT,
                "%-28s %3d %%  %,d of %,d  %.0f s",
                name,
                100 * now / Math.max(1, total),
                now,
                total,
                seconds);
    }

    @Override
    public void close() {
        if (drawn != null) {
            drawn.close();
        }
    }
}

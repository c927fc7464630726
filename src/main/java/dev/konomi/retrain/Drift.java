package dev.konomi.retrain;

import java.util.Locale;

/// What was found about drift.
///
/// @param drifted whether there is any
/// @param outcomes choices looked at since the last training
/// @param loss mean log-loss of the last few hundred of them, in nats
/// @param promised what the answers promised, in nats
record Drift(boolean drifted, long outcomes, double loss, double promised) {
    /// Nothing was looked at.
    static final Drift NONE = new Drift(false, 0, 0, 0);

    String words() {
        return String.format(
                Locale.ROOT,
                "drift: log-loss %.3f where the answers promised %.3f, after %d choices",
                loss,
                promised,
                outcomes);
    }
}

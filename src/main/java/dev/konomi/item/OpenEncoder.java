package dev.konomi.item;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;

/// Gives the functions the encoder that the settings name. It is loaded when it is first asked
/// for: functions that only record start without it.
public final class OpenEncoder {
    @Produces
    @ApplicationScoped
    ItemEncoder encoder(EncoderSettings settings) {
        return of(settings);
    }

    /// @return the encoder that the settings name, to be closed
    public static ItemEncoder of(EncoderSettings settings) {
        ItemEncoder encoder = settings.folder()
                .map(folder -> OnnxItemEncoder.fromFolder(folder, settings.threads()))
                .orElseGet(() -> OnnxItemEncoder.atelier(settings.threads()));
        return settings.statistics() ? new StatisticsEncoder(encoder) : encoder;
    }

    void close(@Disposes ItemEncoder encoder) {
        encoder.close();
    }
}

package dev.konomi.item;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;

/// Gives the functions the encoder that the settings name. It is loaded when it is first asked
/// for: functions that only record start without it.
final class OpenEncoder {
    @Produces
    @ApplicationScoped
    ItemEncoder encoder(EncoderSettings settings) {
        return settings.folder()
                .map(folder -> OnnxItemEncoder.fromFolder(folder, settings.threads()))
                .orElseGet(() -> OnnxItemEncoder.atelier(settings.threads()));
    }

    void close(@Disposes ItemEncoder encoder) {
        encoder.close();
    }
}

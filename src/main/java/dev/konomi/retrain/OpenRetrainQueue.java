package dev.konomi.retrain;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.util.Optional;
import javax.sql.DataSource;

/// Opens the queue that the settings name.
public final class OpenRetrainQueue {
    /// @param settings where it is
    /// @param database takes the messages where there is no queue in the cloud
    /// @return the queue; the caller closes it
    /// @throws IllegalArgumentException when a queue is named without one for dead letters
    public static RetrainQueue of(RetrainSettings settings, DataSource database) {
        Optional<URI> queue = settings.queue();
        if (queue.isEmpty()) {
            return new PostgresRetrainQueue(database);
        }
        return SqsRetrainQueue.open(
                queue.get(),
                settings.deadLetters()
                        .orElseThrow(() -> new IllegalArgumentException("konomi.retrain.queue is '" + queue.get()
                                + "' but konomi.retrain.dead-letters is not set: name the queue for requests that are"
                                + " given up.")),
                settings.queueRegion());
    }

    @Produces
    @ApplicationScoped
    RetrainQueue queue(RetrainSettings settings, DataSource database) {
        return of(settings, database);
    }

    void close(@Disposes RetrainQueue queue) {
        queue.close();
    }
}

package dev.konomi.retrain;

import dev.konomi.retrain.TrainerQueue.Silent;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Finds requests whose message or trainer got lost: sends them again, and after three trainers gives them up.
final class LostRequests {
    private static final Logger LOG = Logger.getLogger(LostRequests.class);

    private final TrainerQueue requests;
    private final RetrainQueue queue;
    private final Duration silence;

    /// @param silence after which a request counts as lost
    LostRequests(TrainerQueue requests, RetrainQueue queue, Duration silence) {
        this.requests = requests;
        this.queue = queue;
        this.silence = silence;
    }

    /// Looks after a tenant's open request.
    ///
    /// @param tenant whose
    void look(String tenant) {
        Optional<Silent> found = requests.silent(tenant, silence);
        if (found.isEmpty()) {
            return;
        }
        Silent silent = found.get();
        if (silent.open().attempts() < RetrainQueue.MOST_DELIVERIES) {
            LOG.warnf(
                    "Nothing has been heard of request %d of tenant %s for %d s: it is sent again.",
                    silent.ticket().request(), tenant, silence.toSeconds());
            send(silent.ticket());
            return;
        }
        String reason = silent.open().attempts() + " trainers ended before they were done; the last was heard of at "
                + silent.last() + ". Its log says more; ask again when the cause is mended.";
        if (requests.abandon(tenant, silent.open(), reason)) {
            queue.bury(silent.ticket(), reason);
        }
    }

    /// @param ticket to be sent, and noted as sent
    void send(Ticket ticket) {
        queue.send(ticket);
        requests.sent(ticket);
    }
}

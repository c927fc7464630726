package dev.konomi.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

class SqsRetrainQueueTest extends RetrainQueueContract {
    private final SqsAsyncClient client = SqsServer.client();
    private final URI address = SqsServer.create(client, "requests-" + UUID.randomUUID());
    private final RetrainQueue queue =
            new SqsRetrainQueue(client, address, SqsServer.create(client, "dead-" + UUID.randomUUID()));

    @Override
    RetrainQueue queue() {
        return queue;
    }

    @Test
    void aMessageThatIsNoRequestIsBuriedAndStandsInNobodysWay() {
        client.sendMessage(b -> b.queueUrl(address.toString()).messageBody("{\"tenant\": \"acme\"}"))
                .join();
        assertEquals(Optional.empty(), queue.receive(Duration.ofMinutes(1)));
        RetrainQueue.Buried buried = queue.buried().getFirst();
        assertEquals("{\"tenant\": \"acme\"}", buried.body());
        assertTrue(buried.reason().contains("request"), buried::reason);
    }
}

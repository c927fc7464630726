package dev.konomi.retrain;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// The queue in SQS or anything that speaks its protocol, with a second queue for dead letters.
final class SqsRetrainQueue implements RetrainQueue {
    private static final String REASON = "reason";
    private static final int MOST_REASON = 1_000;

    private final SqsAsyncClient client;
    private final String queue;
    private final String deadLetters;

    /// @param client this queue's own: closed with it
    /// @param queue URL of the queue
    /// @param deadLetters URL of the queue for what is buried
    SqsRetrainQueue(SqsAsyncClient client, URI queue, URI deadLetters) {
        this.client = client;
        this.queue = queue.toString();
        this.deadLetters = deadLetters.toString();
    }

    /// @param queue URL of the queue; its host tells region and service
    /// @param deadLetters URL of the queue for what is buried
    /// @param region of the queue; without it, the environment's
    static SqsRetrainQueue open(URI queue, URI deadLetters, Optional<String> region) {
        var builder = SqsAsyncClient.builder().httpClientBuilder(NettyNioAsyncHttpClient.builder());
        region.map(Region::of).ifPresent(builder::region);
        return new SqsRetrainQueue(builder.build(), queue, deadLetters);
    }

    @Override
    public void send(Ticket ticket) {
        await(client.sendMessage(b -> b.queueUrl(queue).messageBody(ticket.json())));
    }

    @Override
    public Optional<Delivery> receive(Duration hidden) {
        while (true) {
            List<Message> messages = await(client.receiveMessage(b -> b.queueUrl(queue)
                            .maxNumberOfMessages(1)
                            .visibilityTimeout(seconds(hidden))
                            .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)))
                    .messages();
            if (messages.isEmpty()) {
                return Optional.empty();
            }
            Message message = messages.getFirst();
            try {
                return Optional.of(new Delivery(
                        Ticket.read(message.body()),
                        Integer.parseInt(message.attributes()
                                .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")),
                        message.receiptHandle()));
            } catch (IllegalArgumentException unreadable) {
                // Delivered again it would be no better, and it would stand in the others' way.
                bury(message.body(), String.valueOf(unreadable.getMessage()));
                delete(message.receiptHandle());
            }
        }
    }

    @Override
    public void hide(Delivery delivery, Duration hidden) {
        await(client.changeMessageVisibility(
                b -> b.queueUrl(queue).receiptHandle(delivery.receipt()).visibilityTimeout(seconds(hidden))));
    }

    @Override
    public void done(Delivery delivery) {
        delete(delivery.receipt());
    }

    @Override
    public void bury(Ticket ticket, String reason) {
        bury(ticket.json(), reason);
    }

    private void bury(String body, String reason) {
        String said = reason.isBlank() ? "unknown" : reason.substring(0, Math.min(MOST_REASON, reason.length()));
        await(client.sendMessage(b -> b.queueUrl(deadLetters)
                .messageBody(body)
                .messageAttributes(Map.of(
                        REASON,
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(said)
                                .build()))));
    }

    @Override
    public List<Buried> buried() {
        return await(client.receiveMessage(b -> b.queueUrl(deadLetters)
                        .maxNumberOfMessages(10)
                        .visibilityTimeout(0)
                        .messageAttributeNames(REASON)))
                .messages()
                .stream()
                .map(message -> new Buried(
                        message.body(),
                        message.messageAttributes().containsKey(REASON)
                                ? message.messageAttributes().get(REASON).stringValue()
                                : "unknown: the queue itself gave it up after too many deliveries"))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }

    private void delete(String receipt) {
        await(client.deleteMessage(b -> b.queueUrl(queue).receiptHandle(receipt)));
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.plusNanos(999_999_999).toSeconds());
    }

    private static <T> T await(java.util.concurrent.CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IllegalStateException(
                    "The queue of requests to retrain does not answer: " + cause.getMessage()
                            + " Check konomi.retrain.queue, konomi.retrain.dead-letters and the role's permissions.",
                    cause);
        }
    }
}

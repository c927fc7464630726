package dev.konomi.retrain;

import java.net.InetSocketAddress;
import java.net.URI;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// A real server that speaks SQS' protocol, in this process.
final class SqsServer {
    private static final SQSRestServer SERVER =
            SQSRestServerBuilder.withDynamicPort().start();
    private static final URI ADDRESS = URI.create("http://localhost:" + port());

    private SqsServer() {}

    static SqsAsyncClient client() {
        return SqsAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .endpointOverride(ADDRESS)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .build();
    }

    /// @return URL of a new queue
    static URI create(SqsAsyncClient client, String name) {
        return URI.create(client.createQueue(b -> b.queueName(name)).join().queueUrl());
    }

    private static int port() {
        return ((InetSocketAddress) SERVER.waitUntilStarted().localAddress()).getPort();
    }
}

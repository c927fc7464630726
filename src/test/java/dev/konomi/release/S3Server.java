package dev.konomi.release;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/// A real S3 server inside the test's JVM, on a free port, with one bucket.
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "konomi";
    private static final String ACCESS_KEY = "access";
    private static final String SECRET_KEY = "secret";

    private final S3Proxy server;
    private final S3AsyncClient client;

    public S3Server() {
        try {
            TransientNio2BlobStore blobs = new TransientNio2BlobStore();
            blobs.createContainer(BUCKET);
            server = S3Proxy.builder()
                    .blobStore(blobs)
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                    .ignoreUnknownHeaders(true)
                    .build();
            server.start();
            client = ObjectStores.client(
                    Optional.of(URI.create("http://127.0.0.1:" + server.getPort())),
                    Optional.empty(),
                    Optional.of(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)));
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server did not start.", e);
        }
    }

    public Map<String, String> settings() {
        return Map.of(
                "konomi.store.endpoint", "http://127.0.0.1:" + server.getPort(),
                "konomi.store.access-key", ACCESS_KEY,
                "konomi.store.secret-key", SECRET_KEY);
    }

    /// @param folder `name/`, or empty for the whole bucket
    /// @return a store that shares this server's client: closing one waits two seconds for its network threads
    public ObjectStore open(String folder) {
        return new S3ObjectStore(new Shared(client), BUCKET, folder);
    }

    @Override
    public void close() {
        try {
            client.close();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server did not stop.", e);
        }
    }

    private static final class Shared extends DelegatingS3AsyncClient {
        Shared(S3AsyncClient client) {
            super(client);
        }

        @Override
        public void close() {
            // The server closes the client that all its stores share.
        }
    }
}

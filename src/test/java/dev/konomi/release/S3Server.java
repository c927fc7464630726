package dev.konomi.release;

import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

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
                    .blobStore(new Conditional(blobs))
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

    /// The server compares an If-Match before it writes, not while: of two writers at once both may win. A bucket is
    /// stricter, so this repeats the comparison under a lock.
    private static final class Conditional extends ForwardingBlobStore {
        Conditional(BlobStore blobs) {
            super(blobs);
        }

        @Override
        public synchronized PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
            String expected = request.ifMatch();
            if (expected != null) {
                HeadObjectResponse standing = blobMetadataIfPresent(request.bucket(), request.key());
                if (standing == null || !unquoted(standing.eTag()).equals(unquoted(expected))) {
                    throw new S3ProxyException(S3ErrorCode.PRECONDITION_FAILED);
                }
            }
            return super.putBlob(request, content);
        }

        private static String unquoted(String etag) {
            return etag.replace("\"", "");
        }
    }
}

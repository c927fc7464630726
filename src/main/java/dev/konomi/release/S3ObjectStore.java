package dev.konomi.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// An object store in a bucket of S3 or of anything that speaks its protocol and honours `If-None-Match` and `If-Match`
/// on writes.
public final class S3ObjectStore implements ObjectStore {
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int ATTEMPTS = 8;

    private final S3AsyncClient client;
    private final String bucket;
    private final String folder;

    /// @param client this store's own: closed with it
    /// @param bucket an existing bucket
    /// @param folder what every key begins with in the bucket, ending in `/`; or empty
    public S3ObjectStore(S3AsyncClient client, String bucket, String folder) {
        if (!folder.isEmpty()) {
            if (!folder.endsWith("/")) {
                throw new IllegalArgumentException("A folder in a bucket ends in '/', got '" + folder + "'.");
            }
            ObjectKeys.requirePrefix(folder);
        }
        this.client = client;
        this.bucket = bucket;
        this.folder = folder;
    }

    @Override
    public CompletionStage<Optional<Found>> get(String key) {
        return getIfChanged(key, null).thenApply(lookup -> switch (lookup) {
            case Found found -> Optional.of(found);
            case Absent absent -> Optional.empty();
            case Unchanged unchanged ->
                throw new IllegalStateException("The store answered 'not modified' to an unconditional read.");
        });
    }

    @Override
    public CompletionStage<Lookup> getIfChanged(String key, @Nullable String etag) {
        String name = name(key);
        return client.getObject(b -> b.bucket(bucket).key(name).ifNoneMatch(etag), AsyncResponseTransformer.toBytes())
                .handle((response, failure) -> {
                    if (failure == null) {
                        return new Found(
                                response.asByteArrayUnsafe(),
                                response.response().eTag());
                    }
                    return switch (status(failure)) {
                        case NOT_MODIFIED -> new Unchanged();
                        case NOT_FOUND -> new Absent();
                        default -> throw failed(failure);
                    };
                });
    }

    @Override
    public CompletionStage<Written> create(String key, byte[] bytes) {
        return put(key, bytes, b -> b.ifNoneMatch("*"), ATTEMPTS);
    }

    @Override
    public CompletionStage<Written> replace(String key, byte[] bytes, @Nullable String expectedEtag) {
        if (expectedEtag == null) {
            return create(key, bytes);
        }
        return put(key, bytes, b -> b.ifMatch(expectedEtag), ATTEMPTS);
    }

    @Override
    public CompletionStage<List<Listed>> list(String prefix) {
        ObjectKeys.requirePrefix(prefix);
        return page(folder + prefix, null, new ArrayList<>());
    }

    @Override
    public CompletionStage<Void> delete(String key) {
        String name = name(key);
        return client.deleteObject(b -> b.bucket(bucket).key(name)).handle((response, failure) -> {
            if (failure != null && status(failure) != NOT_FOUND) {
                throw failed(failure);
            }
            return null;
        });
    }

    @Override
    public void close() {
        client.close();
    }

    // S3 answers 409 when a conditional write meets another one in flight; the same write sent again is then either
    // stored or refused with 412.
    private CompletableFuture<Written> put(
            String key, byte[] bytes, Consumer<PutObjectRequest.Builder> condition, int attempts) {
        String name = name(key);
        return client.putObject(
                        b -> {
                            b.bucket(bucket).key(name);
                            condition.accept(b);
                        },
                        AsyncRequestBody.fromBytes(bytes))
                .handle((response, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.<Written>completedFuture(new Stored(response.eTag()));
                    }
                    return switch (status(failure)) {
                        case PRECONDITION_FAILED, NOT_FOUND -> lostOrNoBucket(failure);
                        case CONFLICT ->
                            attempts > 1
                                    ? put(key, bytes, condition, attempts - 1)
                                    : CompletableFuture.<Written>failedFuture(failed(failure));
                        default -> CompletableFuture.<Written>failedFuture(failed(failure));
                    };
                })
                .thenCompose(written -> written);
    }

    private CompletableFuture<Written> lostOrNoBucket(Throwable failure) {
        if (cause(failure) instanceof S3Exception s3
                && s3.awsErrorDetails() != null
                && "NoSuchBucket".equals(s3.awsErrorDetails().errorCode())) {
            return CompletableFuture.failedFuture(failed(failure));
        }
        return CompletableFuture.completedFuture(new Lost());
    }

    private CompletableFuture<List<Listed>> page(String prefix, @Nullable String token, List<Listed> before) {
        return client.listObjectsV2(b -> b.bucket(bucket).prefix(prefix).continuationToken(token))
                .exceptionallyCompose(failure -> CompletableFuture.<ListObjectsV2Response>failedFuture(failed(failure)))
                .thenCompose(response -> {
                    for (S3Object object : response.contents()) {
                        before.add(new Listed(
                                object.key().substring(folder.length()), object.size(), object.lastModified()));
                    }
                    return Boolean.TRUE.equals(response.isTruncated())
                            ? page(prefix, response.nextContinuationToken(), before)
                            : CompletableFuture.completedFuture(before);
                });
    }

    private String name(String key) {
        return folder + ObjectKeys.requireKey(key);
    }

    private static int status(Throwable failure) {
        return cause(failure) instanceof S3Exception s3 ? s3.statusCode() : 0;
    }

    private static Throwable cause(Throwable failure) {
        Throwable inner = failure.getCause();
        return failure instanceof CompletionException && inner != null ? inner : failure;
    }

    private static CompletionException failed(Throwable failure) {
        return failure instanceof CompletionException already ? already : new CompletionException(failure);
    }
}

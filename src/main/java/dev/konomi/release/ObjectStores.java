package dev.konomi.release;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/// Opens the object store that a URL names; for the functions (`StoreSettings`) and for plain processes like the
/// trainer.
public final class ObjectStores {
    private static final Duration CALL_LIMIT = Duration.ofMinutes(2);
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(60);

    private ObjectStores() {}

    /// Opens a store by settings as a process without injection has them.
    ///
    /// @param url `file:/path`, `file:relative/path` or `s3://bucket[/folder]`
    /// @param settings keys of `StoreSettings`: `konomi.store.endpoint`, `konomi.store.region`,
    ///     `konomi.store.access-key`, `konomi.store.secret-key`; all optional, others are ignored
    /// @return the store; the caller closes it
    /// @throws IllegalArgumentException when the URL names no store
    public static ObjectStore open(URI url, Map<String, String> settings) {
        return open(
                url,
                Optional.ofNullable(settings.get("konomi.store.endpoint"))
                        .filter(s -> !s.isBlank())
                        .map(URI::create),
                Optional.ofNullable(settings.get("konomi.store.region")).filter(s -> !s.isBlank()),
                credentials(settings.get("konomi.store.access-key"), settings.get("konomi.store.secret-key")));
    }

    /// Opens a store by the functions' settings.
    ///
    /// @param settings where and how
    /// @return the store; the caller closes it
    /// @throws IllegalArgumentException when the URL names no store
    public static ObjectStore open(StoreSettings settings) {
        return open(
                settings.url(),
                settings.endpoint(),
                settings.region(),
                credentials(
                        settings.accessKey().orElse(null), settings.secretKey().orElse(null)));
    }

    private static ObjectStore open(
            URI url, Optional<URI> endpoint, Optional<String> region, Optional<AwsBasicCredentials> credentials) {
        return switch (url.getScheme()) {
            case "file" -> new FolderObjectStore(folder(url));
            case "s3" -> {
                String bucket = bucket(url);
                yield new S3ObjectStore(client(endpoint, region, credentials), bucket, prefix(url));
            }
            case null, default ->
                throw new IllegalArgumentException(
                        "konomi.store.url is '" + url + "'; use file:/a/folder or s3://bucket.");
        };
    }

    private static Path folder(URI url) {
        String authority = url.getAuthority();
        if (authority != null && !authority.isEmpty()) {
            throw new IllegalArgumentException("konomi.store.url is '" + url + "', which names the host '" + authority
                    + "'; write file:/absolute/path or file:relative/path.");
        }
        return url.isOpaque() ? Path.of(url.getSchemeSpecificPart()) : Path.of(url.getPath());
    }

    private static String bucket(URI url) {
        String bucket = url.getAuthority();
        if (bucket == null || bucket.isBlank()) {
            throw new IllegalArgumentException(
                    "konomi.store.url is '" + url + "' and names no bucket; write s3://bucket.");
        }
        return bucket;
    }

    private static String prefix(URI url) {
        String path = url.getPath() == null ? "" : url.getPath().replaceAll("^/+|/+$", "");
        return path.isEmpty() ? "" : path + "/";
    }

    private static Optional<AwsBasicCredentials> credentials(@Nullable String accessKey, @Nullable String secretKey) {
        if (accessKey == null && secretKey == null) {
            return Optional.empty();
        }
        if (accessKey == null || secretKey == null) {
            throw new IllegalArgumentException("konomi.store.access-key and konomi.store.secret-key go together; only "
                    + (accessKey == null ? "the secret key" : "the access key") + " is set.");
        }
        return Optional.of(AwsBasicCredentials.create(accessKey, secretKey));
    }

    static S3AsyncClient client(
            Optional<URI> endpoint, Optional<String> region, Optional<AwsBasicCredentials> credentials) {
        var builder = S3AsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .overrideConfiguration(o -> o.apiCallTimeout(CALL_LIMIT).apiCallAttemptTimeout(ATTEMPT_LIMIT))
                .credentialsProvider(
                        credentials.isPresent()
                                ? StaticCredentialsProvider.create(credentials.get())
                                : DefaultCredentialsProvider.builder().build());
        region.map(Region::of).ifPresent(builder::region);
        endpoint.ifPresent(at -> {
            // Servers that only speak the protocol know neither virtual hosts nor the newer checksum trailers.
            builder.endpointOverride(at)
                    .forcePathStyle(true)
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
            if (region.isEmpty()) {
                builder.region(Region.US_EAST_1);
            }
        });
        return builder.build();
    }
}

package dev.konomi.release;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/// Where releases and images live.
@ConfigMapping(prefix = "konomi.store")
public interface StoreSettings {
    /// `file:/a/folder`, `file:relative/folder` or `s3://bucket[/folder]`.
    @WithDefault("file:konomi-store")
    URI url();

    /// Endpoint of a server that speaks S3's protocol; without it, Amazon's.
    Optional<URI> endpoint();

    /// Region of the bucket, for example `eu-central-1`; without it, the environment's.
    Optional<String> region();

    /// Access key; without it, the environment's credentials (role, profile, variables).
    Optional<String> accessKey();

    /// Secret key that belongs to the access key.
    Optional<String> secretKey();
}

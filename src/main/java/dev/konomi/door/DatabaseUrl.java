package dev.konomi.door;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// One setting for the database: `konomi.database.url` (environment: `KONOMI_DATABASE_URL`), of the form
/// `postgresql://user:password@host:port/database?sslmode=require`, becomes the settings of the reactive client,
/// which the functions use, and of JDBC, which migrations and the trainer use.
public final class DatabaseUrl implements ConfigSourceFactory {
    /// The setting's name.
    public static final String SETTING = "konomi.database.url";

    /// Above application.properties (250), below environment (300) and system properties (400).
    private static final int ORDINAL = 275;

    /// Where the database is, taken apart.
    ///
    /// @param jdbc `jdbc:postgresql://host:port/database?…`
    /// @param reactive `vertx-reactive:postgresql://host:port/database?…`
    /// @param user user name, possibly empty
    /// @param password password, possibly empty
    public record Parts(String jdbc, String reactive, String user, String password) {}

    /// @param url `postgresql://user:password@host:port/database`; special characters of user and password are
    ///     percent-encoded
    /// @return its parts
    /// @throws IllegalArgumentException when it is no such URL
    public static Parts parse(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
        if (!("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme()))
                || uri.getHost() == null
                || uri.getRawPath() == null
                || uri.getRawPath().length() < 2) {
            throw unusable();
        }
        String place = "postgresql://" + uri.getHost() + ":" + (uri.getPort() < 0 ? 5432 : uri.getPort())
                + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        String identity = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = identity.indexOf(':');
        String user = colon < 0 ? identity : identity.substring(0, colon);
        String password = colon < 0 ? "" : identity.substring(colon + 1);
        return new Parts("jdbc:" + place, "vertx-reactive:" + place, decoded(user), decoded(password));
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue url = context.getValue(SETTING);
        if (url == null || url.getValue() == null || url.getValue().isBlank()) {
            return List.of();
        }
        Parts parts = parse(url.getValue());
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.datasource.jdbc.url", parts.jdbc());
        settings.put("quarkus.datasource.reactive.url", parts.reactive());
        if (!parts.user().isEmpty()) {
            settings.put("quarkus.datasource.username", parts.user());
            settings.put("quarkus.datasource.password", parts.password());
        }
        return List.of(new PropertiesConfigSource(settings, SETTING, ORDINAL));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Says nothing of the value: it holds a password.
    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "KONOMI_DATABASE_URL is not of the form postgresql://user:password@host:port/database: correct it.");
    }
}

package dev.konomi.cli;

import dev.konomi.door.DatabaseUrl;
import dev.konomi.event.SignalPolicy;
import dev.konomi.event.SignalSettings;
import dev.konomi.item.EncoderSettings;
import dev.konomi.item.ItemEncoder;
import dev.konomi.item.OpenEncoder;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.ObjectStores;
import dev.konomi.release.StoreSettings;
import dev.konomi.retrain.RetrainSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// Database, object store and settings for a command that boots no server: from the environment
/// (`KONOMI_DATABASE_URL`, `KONOMI_STORE_URL`, …), else those of `./konomi serve` on this machine.
public final class Workplace implements AutoCloseable {
    private static final int ABOVE_DEFAULTS = 250;
    private static final int ABOVE_EVERYTHING = 500;

    private final SmallRyeConfig settings;
    private final Path data;
    private @Nullable LocalDatabase started;
    private @Nullable ObjectStore store;

    /// @param data `./konomi serve`'s folder, for what the environment does not name
    Workplace(Path data) {
        this(data, Map.of());
    }

    /// @param data as above
    /// @param given settings that stand above the environment's, such as `konomi.database.url`
    public Workplace(Path data, Map<String, String> given) {
        this.data = data;
        this.settings = settings(given);
    }

    private static SmallRyeConfig settings(Map<String, String> given) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(given, "given", ABOVE_EVERYTHING))
                .withMapping(StoreSettings.class)
                .withMapping(SignalSettings.class)
                .withMapping(EncoderSettings.class)
                .withMapping(RetrainSettings.class);
        URL application = Workplace.class.getResource("/application.properties");
        if (application != null) {
            try {
                builder = builder.withSources(new PropertiesConfigSource(application, ABOVE_DEFAULTS));
            } catch (IOException unreadable) {
                throw new UncheckedIOException("application.properties cannot be read.", unreadable);
            }
        }
        return builder.build();
    }

    /// @return the database; the embedded one is started when nothing else runs it
    public DataSource database() {
        String url =
                settings.getOptionalValue(DatabaseUrl.SETTING, String.class).orElseGet(this::localDatabase);
        DatabaseUrl.Parts parts = DatabaseUrl.parse(url);
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(parts.jdbc());
        if (!parts.user().isEmpty()) {
            database.setUser(parts.user());
            database.setPassword(parts.password());
        }
        return database;
    }

    private String localDatabase() {
        Path folder = data.resolve("postgres");
        if (!Files.isDirectory(folder)) {
            throw new CommandFailed(
                    2,
                    "There is no database in " + folder
                            + ": run ./konomi serve once, or set KONOMI_DATABASE_URL to a PostgreSQL.");
        }
        Optional<String> running = running(folder);
        if (running.isPresent()) {
            return running.get();
        }
        LocalDatabase database = LocalDatabase.start(folder);
        started = database;
        return database.url();
    }

    /// `postmaster.pid` has the process on its first line and the port on its fourth.
    private static Optional<String> running(Path folder) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("postmaster.pid"));
            long process = Long.parseLong(lines.getFirst().strip());
            boolean alive =
                    ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
            return alive
                    ? Optional.of("postgresql://postgres:postgres@localhost:"
                            + lines.get(3).strip() + "/postgres")
                    : Optional.empty();
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException none) {
            return Optional.empty();
        }
    }

    /// @return the object store
    public ObjectStore store() {
        ObjectStore open = store;
        if (open == null) {
            boolean named =
                    settings.getOptionalValue("konomi.store.url", String.class).isPresent();
            StoreSettings configured = settings.getConfigMapping(StoreSettings.class);
            open = named
                    ? ObjectStores.open(configured)
                    : ObjectStores.open(data.resolve("store").toAbsolutePath().toUri(), Map.of());
            store = open;
        }
        return open;
    }

    /// @return what events say, as the functions have it
    public SignalPolicy signals() {
        return new SignalPolicy(settings.getConfigMapping(SignalSettings.class));
    }

    /// @return when retraining is worth its cost, and how whoever trains is told
    public RetrainSettings retrain() {
        return settings.getConfigMapping(RetrainSettings.class);
    }

    /// @return the frozen encoder, as the functions have it
    public ItemEncoder encoder() {
        return OpenEncoder.of(settings.getConfigMapping(EncoderSettings.class));
    }

    /// @return the tenant that the environment names, else `local`
    public String tenant() {
        return settings.getOptionalValue("konomi.tenant", String.class).orElse("local");
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
        if (started != null) {
            started.close();
        }
    }
}

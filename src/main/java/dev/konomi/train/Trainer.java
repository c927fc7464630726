package dev.konomi.train;

import dev.konomi.event.SignalPolicy;
import dev.konomi.item.ItemEncoder;
import dev.konomi.release.Manifest;
import dev.konomi.release.ObjectStore;
import dev.konomi.retrain.TrainerQueue;
import dev.konomi.retrain.TrainerQueue.Claim;
import dev.konomi.retrain.TrainerQueue.Superseded;
import dev.konomi.train.dataset.DatabaseDataset;
import dev.konomi.train.evaluate.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/// What the trainer's process does: take a request up, train, close it. Needs a database and an object store and
/// nothing of the functions.
public final class Trainer {
    private final DataSource database;
    private final ObjectStore store;
    private final SignalPolicy policy;
    private final Supplier<ItemEncoder> encoder;
    private final InstantSource clock;
    private final TrainerQueue queue;

    /// @param database holds requests and events
    /// @param store holds images and releases
    /// @param policy what events say
    /// @param encoder opens the frozen encoder; closed here
    /// @param clock gives releases their time
    public Trainer(
            DataSource database,
            ObjectStore store,
            SignalPolicy policy,
            Supplier<ItemEncoder> encoder,
            InstantSource clock) {
        this.database = database;
        this.store = store;
        this.policy = policy;
        this.encoder = encoder;
        this.clock = clock;
        this.queue = new TrainerQueue(database);
    }

    /// How a request is to be worked on.
    ///
    /// @param tenant whose
    /// @param name of this trainer, different for every trainer that may live at the same time
    /// @param recipe what to train
    /// @param seed of everything random
    /// @param work where checkpoints lie; the next trainer of this tenant must find them there
    /// @param command what repeats this, for the manifest
    /// @param supervised whether somebody starts a trainer again that fails: then a failure that may pass by itself
    ///     leaves the request open
    public record Order(
            String tenant, String name, Recipe recipe, long seed, Path work, String command, boolean supervised) {}

    /// @param order how
    /// @param watcher told how it gets on
    /// @return what came of it; empty when no request waits
    /// @throws Superseded when another trainer took the request over
    public Optional<Train.Result> work(Order order, Watcher watcher) {
        return queue.claim(order.tenant(), order.name()).map(claim -> work(order, claim, watcher));
    }

    private Train.Result work(Order order, Claim claim, Watcher watcher) {
        try (Heartbeat heartbeat = new Heartbeat(queue, claim, watcher)) {
            Train train = new Train(
                    order.tenant(),
                    order.recipe(),
                    order.seed(),
                    order.work().resolve(order.tenant()),
                    store,
                    clock,
                    order.command(),
                    heartbeat);
            Train.Result result = train.run(data(order.tenant(), claim, heartbeat), claim.seconds());
            close(claim, result);
            train.clean();
            return result;
        } catch (Superseded gone) {
            throw gone;
        } catch (IllegalArgumentException hopeless) {
            queue.fail(claim, String.valueOf(hopeless.getMessage()));
            throw hopeless;
        } catch (RuntimeException failure) {
            if (!order.supervised()) {
                queue.fail(claim, failure.toString());
            }
            throw failure;
        }
    }

    private DatabaseDataset data(String tenant, Claim claim, Watcher watcher) {
        watcher.at("load", 0, "reading events up to " + claim.until());
        try (ItemEncoder opened = encoder.get()) {
            DatabaseDataset data = DatabaseDataset.read(
                    database,
                    store,
                    tenant,
                    claim.until(),
                    policy,
                    opened,
                    (done, total) -> watcher.at(
                            "encode", 0.02 + 0.13 * done / total, "encoded " + done + " of " + total + " items"));
            watcher.at(
                    "load",
                    0.15,
                    data.dataset().people().size() + " people, " + data.items().size() + " items, " + data.events()
                            + " events"
                            + (data.unreadable() == 0
                                    ? ""
                                    : "; " + data.unreadable() + " items could not be read and are left out"));
            return data;
        }
    }

    private void close(Claim claim, Train.Result result) {
        Manifest manifest = result.manifest();
        boolean promoted = result.verdict() instanceof Verdict.Promote;
        if (manifest != null) {
            record(claim.tenant(), manifest, result);
        }
        queue.finish(claim, promoted ? "promote" : "refuse", result.release(), result.refusal(), result.figures());
    }

    private void record(String tenant, Manifest manifest, Train.Result result) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        insert into release (tenant, digest, parent, verdict, manifest, published_at)
                        values (?, ?, ?, ?, ?::jsonb, case when ? then now() end)
                        on conflict (tenant, digest) do nothing""")) {
            statement.setString(1, tenant);
            statement.setString(2, manifest.digest());
            statement.setString(3, manifest.parent());
            statement.setString(4, manifest.verdict());
            statement.setString(5, new String(manifest.bytes(), StandardCharsets.UTF_8));
            statement.setBoolean(6, result.served());
            int recorded = statement.executeUpdate();
            assert recorded <= 1;
        } catch (SQLException e) {
            throw new IllegalStateException("The release could not be recorded: " + e.getMessage(), e);
        }
    }
}

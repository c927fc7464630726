package dev.konomi.train;

import dev.konomi.event.SignalPolicy;
import dev.konomi.item.ItemEncoder;
import dev.konomi.release.Manifest;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.Retention;
import dev.konomi.retrain.RetrainQueue;
import dev.konomi.retrain.Ticket;
import dev.konomi.retrain.TrainerQueue;
import dev.konomi.retrain.TrainerQueue.Claim;
import dev.konomi.retrain.TrainerQueue.Open;
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
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What the trainer's process does: take a request up, train, close it. Needs a database and an object store and
/// nothing of the functions.
public final class Trainer {
    private static final Logger LOG = Logger.getLogger(Trainer.class);

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
    /// @param pricePerHour of this machine
    public Trainer(
            DataSource database,
            ObjectStore store,
            SignalPolicy policy,
            Supplier<ItemEncoder> encoder,
            InstantSource clock,
            double pricePerHour) {
        this.database = database;
        this.store = store;
        this.policy = policy;
        this.encoder = encoder;
        this.clock = clock;
        this.queue = new TrainerQueue(database, pricePerHour);
    }

    /// How a request is to be worked on.
    ///
    /// @param tenant whose
    /// @param name of this trainer, different for every trainer that may live at the same time
    /// @param recipe what to train
    /// @param seed of everything random
    /// @param work where checkpoints lie on this machine; a trainer on another one finds them in the store
    /// @param command what repeats this, for the manifest
    /// @param supervised whether somebody counts failures and starts a trainer again: then a failure that
    ///     may pass by itself leaves the request open
    /// @param ticket the one request to work on, or null for whichever is open. Without a supervisor a
    ///     failure that may pass by itself leaves it open until the third trainer
    public record Order(
            String tenant,
            String name,
            Recipe recipe,
            long seed,
            Path work,
            String command,
            boolean supervised,
            @Nullable Ticket ticket) {}

    /// @param order how
    /// @param watcher told how it gets on
    /// @return what came of it; empty when no request waits
    /// @throws Superseded when another trainer took the request over
    public Optional<Train.Result> work(Order order, Watcher watcher) {
        if (order.ticket() != null && !isToBeDone(order, order.ticket())) {
            return Optional.empty();
        }
        return queue.claim(order.tenant(), order.name()).map(claim -> work(order, claim, watcher));
    }

    private boolean isToBeDone(Order order, Ticket ticket) {
        Optional<Open> open = queue.open(order.tenant()).filter(o -> o.id() == ticket.request());
        if (open.isEmpty()) {
            return false;
        }
        int attempts = open.get().attempts();
        if (!order.supervised()
                && attempts >= RetrainQueue.MOST_DELIVERIES
                && open.get().waits()) {
            queue.giveUp(
                    ticket, attempts + " trainers ended before they were done and said nothing; their logs say more.");
            return false;
        }
        return true;
    }

    private Train.Result work(Order order, Claim claim, Watcher watcher) {
        Path work = order.work().resolve(order.tenant());
        StoredCheckpoints checkpoints =
                new StoredCheckpoints(store, order.tenant(), claim.id(), work.resolve(Train.CHECKPOINTS));
        try (Heartbeat heartbeat = new Heartbeat(queue, claim, keeping(checkpoints, watcher))) {
            int brought = checkpoints.fetch();
            if (brought > 0) {
                heartbeat.at("load", 0, "going on from " + brought + " checkpoints of another machine");
            }
            Train train = new Train(
                    order.tenant(), order.recipe(), order.seed(), work, store, clock, order.command(), heartbeat);
            Train.Result result = train.run(data(order.tenant(), claim, heartbeat), claim.seconds());
            close(claim, result);
            train.clean();
            checkpoints.sweep();
            sweep(order.tenant());
            return result;
        } catch (Superseded gone) {
            throw gone;
        } catch (IllegalArgumentException hopeless) {
            queue.fail(claim, String.valueOf(hopeless.getMessage()));
            checkpoints.sweep();
            throw hopeless;
        } catch (RuntimeException failure) {
            boolean again =
                    order.supervised() || (order.ticket() != null && claim.attempt() < RetrainQueue.MOST_DELIVERIES);
            if (!again) {
                queue.fail(claim, failure.toString());
            }
            throw failure;
        }
    }

    /// A release came, so one may go. It is no part of the training: what fails is done after the next one.
    private void sweep(String tenant) {
        try {
            var swept = new Retention(store, clock)
                    .sweep(tenant, true)
                    .toCompletableFuture()
                    .join();
            if (!swept.releases().isEmpty() || !swept.orphans().isEmpty()) {
                LOG.infof("Swept releases %s and what was left of %s", swept.releases(), swept.orphans());
            }
        } catch (CompletionException unswept) {
            LOG.warnf("Old releases stay until the next training: %s", unswept.getMessage());
        }
    }

    private static Watcher keeping(StoredCheckpoints checkpoints, Watcher also) {
        return new Watcher() {
            @Override
            public void at(String stage, double fraction, String message) {
                also.at(stage, fraction, message);
            }

            @Override
            public void saved(Path checkpoint) {
                checkpoints.keep(checkpoint);
            }
        };
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

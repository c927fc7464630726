package dev.konomi.door;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Connections to the database, which a process that slept or was copied must not trust: [#renew] closes them all, and
/// whoever asks next gets new ones.
@ApplicationScoped
public class Connections implements PgPoolCreator {
    private static final Logger LOG = Logger.getLogger(Connections.class);
    private static final long SECONDS_TO_CLOSE = 2;
    private static final long SECONDS_TO_OPEN = 20;

    private @Nullable RenewedPool pool;

    @Override
    public Pool create(Input input) {
        RenewedPool made =
                new RenewedPool(() -> PgPool.pool(input.vertx(), input.pgConnectOptionsList(), input.poolOptions()));
        pool = made;
        return made;
    }

    /// Closes all connections, idle ones and those in use; the latter's calls fail.
    void renew() {
        RenewedPool open = pool;
        if (open == null) {
            return;
        }
        try {
            open.renew().toCompletionStage().toCompletableFuture().get(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            // The other side may be gone: it cannot be told good-bye, and need not be.
            LOG.debug("Connections were left behind, not closed.", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The first query loads what speaks to the database.
    void prime(@Observes Priming priming, io.vertx.mutiny.sqlclient.Pool database) {
        database.preparedQuery("select $1::int")
                .execute(io.vertx.mutiny.sqlclient.Tuple.newInstance(Tuple.of(1)))
                .await()
                .atMost(java.time.Duration.ofSeconds(SECONDS_TO_OPEN));
    }

    /// A pool behind which another one may be put.
    private static final class RenewedPool extends ForwardingPool {
        private final Supplier<PgPool> make;

        RenewedPool(Supplier<PgPool> make) {
            super(make.get());
            this.make = make;
        }

        io.vertx.core.Future<Void> renew() {
            return replace(make.get()).close();
        }
    }
}

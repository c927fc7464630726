package dev.konomi.door;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.arc.Arc;
import io.quarkus.funqy.lambda.FunqyStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.crac.Core;
import org.crac.Resource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What Lambda's Java runtime calls: Funqy's handler, with what a process needs that is frozen between calls and may
/// begin as a copy of another's memory (SnapStart).
///
/// An event that is no JSON and a call whose time runs out are answered with a [Problem], and the process lives on.
/// Before a snapshot the application is started and primed, and its connections are closed; after a long sleep they
/// are opened anew.
public final class LambdaHandler implements RequestStreamHandler, Resource {
    private static final Logger LOG = Logger.getLogger(LambdaHandler.class);

    /// A connection that lay idle for longer may have been forgotten on the way without a word, in milliseconds.
    private static final long TRUSTED = 30_000;

    private final FunqyStreamHandler functions = new FunqyStreamHandler();
    private @Nullable Long lastCall;

    /// Starts the application: what a process pays for once belongs here.
    public LambdaHandler() {
        Core.getGlobalContext().register(this);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        byte[] bytes = event.readAllBytes();
        if (Binding.read(bytes) instanceof Outcome.Refused<JsonNode>(Problem problem)) {
            Json.MAPPER.writeValue(answer, problem);
            return;
        }
        Long last = lastCall;
        if (last != null && System.currentTimeMillis() - last > TRUSTED) {
            renewConnections();
        }
        try {
            Deadline.within(
                    context.getRemainingTimeInMillis(),
                    () -> functions.handleRequest(new ByteArrayInputStream(bytes), answer, context));
        } finally {
            lastCall = System.currentTimeMillis();
        }
    }

    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
        try {
            var config = ConfigProvider.getConfig();
            var priming = new Priming(
                    config.getValue("quarkus.funqy.export", String.class),
                    Arc.container().instance(Door.class).get().caller().tenant());
            Arc.container().beanManager().getEvent().select(Priming.class).fire(priming);
        } catch (RuntimeException failure) {
            // A snapshot without its model is slower at first; none at all would be worse.
            LOG.warn("This process could not be primed; the first call loads what it needs.", failure);
        }
        renewConnections();
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
        // Connections were closed before the snapshot; the first call opens new ones.
    }

    private static void renewConnections() {
        Arc.container().instance(Connections.class).get().renew();
    }
}

package dev.konomi.door;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.funqy.runtime.FunctionInvoker;
import io.quarkus.funqy.runtime.FunctionRecorder;
import io.quarkus.funqy.runtime.FunqyServerRequest;
import io.quarkus.funqy.runtime.FunqyServerResponse;
import io.quarkus.funqy.runtime.RequestContext;
import io.quarkus.funqy.runtime.RequestContextImpl;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// `POST /<function>`, before Funqy's own route: Funqy answers an unreadable body with a bare 400, a failure
/// with a 500 and everything else with 200; here a problem has its status and its media type.
///
/// Only functions that take a [Call] are answered here; others go on to Funqy.
@ApplicationScoped
class HttpDoor {
    private static final Logger LOG = Logger.getLogger(HttpDoor.class);
    /// Before Quarkus REST and Funqy, whose routes have the default order or a later one.
    private static final int BEFORE_FUNQY = -1_000;

    private final long mostBytes;

    /// @param mostBytes `konomi.http.most-bytes`: the largest body that is read, in bytes, default 24 MB: 15 MB of
    ///     image in base64
    HttpDoor(@ConfigProperty(name = "konomi.http.most-bytes", defaultValue = "24000000") long mostBytes) {
        this.mostBytes = mostBytes;
    }

    void routes(@Observes Router router) {
        for (FunctionInvoker function : FunctionRecorder.registry.invokers()) {
            if (function.getInputType() != Call.class) {
                continue;
            }
            String path = "/" + function.getName();
            router.route(path).order(BEFORE_FUNQY - 1).handler(HttpDoor::refuseOtherMethods);
            router.route(path)
                    .order(BEFORE_FUNQY)
                    .handler(BodyHandler.create(false).setBodyLimit(mostBytes))
                    .blockingHandler(request -> answer(function, request), false)
                    .failureHandler(this::failed);
        }
        router.route("/:function")
                .method(HttpMethod.POST)
                .order(Integer.MAX_VALUE)
                .handler(HttpDoor::unknown);
    }

    private static void refuseOtherMethods(RoutingContext request) {
        if (request.request().method() == HttpMethod.POST) {
            request.next();
        } else {
            request.response().putHeader("Allow", "POST");
            refuse(request, Problem.wrongMethod(request.request().method().name()));
        }
    }

    private static void answer(FunctionInvoker function, RoutingContext request) {
        Buffer body = request.body().buffer();
        Call call = Call.http(body == null ? new byte[0] : body.getBytes());
        ManagedContext scope = Arc.container().requestContext();
        boolean opened = !scope.isActive();
        if (opened) {
            scope.activate();
        }
        try {
            Response response = new Response();
            RequestLog.within(
                    RequestLog.Incoming.of(function.getName(), request.request().getHeader("traceparent")),
                    () -> function.invoke(new Request(call), response));
            response.getOutput()
                    .subscribe()
                    .with(answer -> write(request, (Answer) answer), failure -> refuse(request, logged(failure)));
        } finally {
            if (opened) {
                scope.terminate();
            }
        }
    }

    private void failed(RoutingContext request) {
        if (request.response().ended()) {
            return;
        }
        Throwable failure = request.failure();
        if (request.statusCode() == 413) {
            refuse(
                    request,
                    Problem.tooLarge("The body has more than " + mostBytes
                            + " bytes: send fewer items at once, or upload images apart."));
        } else {
            refuse(
                    request,
                    logged(failure == null ? new IllegalStateException("HTTP " + request.statusCode()) : failure));
        }
    }

    private static void unknown(RoutingContext request) {
        refuse(
                request,
                Problem.notFound(
                        null,
                        "There is no function \"" + request.pathParam("function")
                                + "\": see /q/openapi for those there are."));
    }

    private static Problem logged(Throwable failure) {
        String reference = UUID.randomUUID().toString();
        LOG.errorf(failure, "A call over HTTP failed (%s)", reference);
        return Problem.internal(reference);
    }

    private static void refuse(RoutingContext request, Problem problem) {
        // What was asked for may be anybody's name: it is not repeated.
        RequestLog.refused(RequestLog.Incoming.of("none", request.request().getHeader("traceparent")), problem);
        write(request, problem.status(), Answer.PROBLEM_JSON, Json.MAPPER.valueToTree(problem));
    }

    private static void write(RoutingContext request, Answer answer) {
        write(request, answer.status(), answer.mediaType(), answer.document());
    }

    private static void write(
            RoutingContext request, int status, String mediaType, com.fasterxml.jackson.databind.JsonNode document) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", mediaType)
                .end(document.toString());
    }

    private record Request(Call call, RequestContext context) implements FunqyServerRequest {
        Request(Call call) {
            this(call, new RequestContextImpl());
        }

        @Override
        public Object extractInput(Class inputClass) {
            return call;
        }
    }

    private static final class Response implements FunqyServerResponse {
        private @Nullable Uni<?> output;

        @Override
        public Uni<?> getOutput() {
            return output == null ? Uni.createFrom().failure(new IllegalStateException("no answer")) : output;
        }

        @Override
        public void setOutput(Uni<?> output) {
            this.output = output;
        }
    }
}

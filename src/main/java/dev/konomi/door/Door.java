package dev.konomi.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Between every transport and every function: binds payloads, keeps tenants apart, and turns outcomes and
/// failures into the transport's answer.
@ApplicationScoped
public class Door {
    private static final Logger LOG = Logger.getLogger(Door.class);

    private final Caller caller;
    private final String exported;

    /// @param tenant `konomi.tenant`: whom this process works for, default `local`
    /// @param exported which function this process is, where it is one
    Door(
            @ConfigProperty(name = "konomi.tenant", defaultValue = "local") String tenant,
            @ConfigProperty(name = "quarkus.funqy.export", defaultValue = "unknown") String exported) {
        this.caller = new Caller(tenant);
        this.exported = exported;
    }

    /// @return on whose behalf calls are made: until keys exist, the one configured tenant
    public Caller caller() {
        return caller;
    }

    /// Answers a call: each payload in turn is bound and given to the function.
    ///
    /// @param call what came in; null, which is what Jackson makes of the payload `null`, is an empty body
    /// @param type what a payload is bound to, see [Binding#bind]
    /// @param function what the function does with one payload
    /// @return the answer; never fails, what fails becomes a [Problem]
    public <T, R> Uni<Answer> answer(
            @Nullable Call call, Class<T> type, BiFunction<Caller, T, Uni<Outcome<R>>> function) {
        if (call == null) {
            return answer(Call.of(null), type, function);
        }
        Optional<Deadline> deadline = Deadline.current();
        RequestLog.Incoming incoming = RequestLog.incoming(exported);
        Caller traced = new Caller(caller.tenant(), incoming.traceparent());
        long began = System.nanoTime();
        return Multi.createFrom()
                .iterable(call.messages())
                .onItem()
                .transformToUniAndConcatenate(message -> inTime(deadline, outcome(traced, message, type, function)))
                .collect()
                .asList()
                .invoke(outcomes -> {
                    logQueued(call, outcomes);
                    RequestLog.answered(incoming, call, outcomes, System.nanoTime() - began);
                })
                .map(outcomes -> Answer.to(call, outcomes));
    }

    /// Nobody reads a queue's answer: what was refused is logged, by message and field, never by content.
    private static void logQueued(Call call, List<? extends Outcome<?>> outcomes) {
        if (call.transport() != Call.Transport.QUEUE) {
            return;
        }
        for (int i = 0; i < outcomes.size(); i++) {
            String refusal = Answer.refusal(outcomes.get(i));
            if (refusal != null) {
                Call.Message message = call.messages().get(i);
                LOG.warnf("Queue message %s, delivery %d: %s", message.id(), message.deliveries(), refusal);
            }
        }
    }

    /// The work goes on elsewhere and is abandoned when its time is over; functions may be called again.
    private static <R> Uni<Outcome<R>> inTime(Optional<Deadline> deadline, Uni<Outcome<R>> outcome) {
        return deadline.map(by -> outcome.runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .ifNoItem()
                        .after(by.left())
                        .recoverWithItem(Outcome.refused(Problem.timeout())))
                .orElse(outcome);
    }

    private <T, R> Uni<Outcome<R>> outcome(
            Caller traced, Call.Message message, Class<T> type, BiFunction<Caller, T, Uni<Outcome<R>>> function) {
        return switch (message.payload()) {
            case Outcome.Refused<JsonNode>(Problem problem) -> Uni.createFrom().item(Outcome.refused(problem));
            case Outcome.Answered<JsonNode>(JsonNode payload) -> {
                if (!isCallers(payload)) {
                    yield Uni.createFrom().item(Outcome.refused(Problem.wrongTenant("tenant")));
                }
                yield switch (Binding.bind(payload, type)) {
                    case Outcome.Refused<T>(Problem problem) -> Uni.createFrom().item(Outcome.refused(problem));
                    case Outcome.Answered<T>(T request) ->
                        Uni.createFrom()
                                .deferred(() -> function.apply(traced, request))
                                .onFailure()
                                .recoverWithItem(Door::failed);
                };
            }
        };
    }

    /// @param payload a payload or a part of one
    /// @return false when it names another tenant than the caller's
    public boolean isCallers(JsonNode payload) {
        JsonNode named = payload.path("tenant");
        return named.isMissingNode()
                || named.isNull()
                || (named.isTextual() && named.asText().equals(caller.tenant()));
    }

    private static <R> Outcome<R> failed(Throwable failure) {
        String reference = UUID.randomUUID().toString();
        LOG.errorf(failure, "A function failed (%s)", reference);
        return Outcome.refused(Problem.internal(reference));
    }
}

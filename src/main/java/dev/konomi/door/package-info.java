/// How calls come in and answers go out: one payload, many transports.
///
/// A function is a `@Funq` method of one line: it takes a [Call], gives [Door#answer] the record its payload
/// is bound to and what to do with it, and returns the [Answer]:
///
/// ```java
/// public class ScoreFunction {
///     private final Door door;
///     private final Scores scores;
///
///     ScoreFunction(Door door, Scores scores) { … }
///
///     @Funq("score")
///     public Uni<Answer> score(Call call) {
///         return door.answer(call, ScoreRequest.class, scores::score); // (Caller, ScoreRequest) ->
/// Uni<Outcome<ScoreResponse>>
///     }
/// }
/// ```
///
/// [Call] recognises the envelope (plain payload, HTTP-API v2, one CloudEvent or many, a queue's batch),
/// [Binding] turns each payload into the record or a [Problem] that names the field, and [Answer] has the
/// form that the transport wants. Over HTTP, [HttpDoor] stands before Funqy's own route, so that a problem
/// has its status and its media type. Requests are records; what is required is checked in the compact
/// constructor with [InvalidField], unknown fields are ignored, wrong types are refused with their path.
/// Functions run on worker threads over every transport and may compute; they must not expect a Vert.x
/// event loop.
@NullMarked
package dev.konomi.door;

import org.jspecify.annotations.NullMarked;

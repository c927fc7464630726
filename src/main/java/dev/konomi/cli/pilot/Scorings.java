package dev.konomi.cli.pilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.konomi.cli.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Asks `score` as an app does.
final class Scorings {
    private static final int ON_THEIR_WAY = 2;

    private final FunctionClient functions;
    private final String prefix;

    /// @param prefix of the candidates' keys
    Scorings(FunctionClient functions, String prefix) {
        this.functions = functions;
        this.prefix = prefix;
    }

    /// One person's candidates, best first.
    ///
    /// @param pictures numbers in the order of the ranking
    /// @param scores `s`, in the same order
    /// @param release digest of the release that answered; empty for popularity
    record Ranking(int[] pictures, double[] scores, String release) {
        /// @return the score of the picture with this number
        double score(int picture) {
            for (int rank = 0; rank < pictures.length; rank++) {
                if (pictures[rank] == picture) {
                    return scores[rank];
                }
            }
            throw new IllegalStateException("`score` did not answer about picture " + picture + ".");
        }
    }

    /// @param user the app's name for the person
    /// @param pictures 1 to 200 numbers, each once
    Ranking ask(String user, int[] pictures) {
        return ranking(functions.call("score", question(user, pictures)));
    }

    /// Asks many questions, a few at a time.
    ///
    /// @param users the app's name for each person
    /// @param pictures what to ask about
    /// @return the answers in the order of the people
    List<Ranking> ask(List<String> users, IntFunction<int[]> pictures, Bar bar) throws InterruptedException {
        Semaphore free = new Semaphore(ON_THEIR_WAY);
        List<CompletableFuture<Ranking>> answers = new ArrayList<>(users.size());
        for (int i = 0; i < users.size(); i++) {
            free.acquire();
            answers.add(functions
                    .send("score", question(users.get(i), pictures.apply(i)))
                    .whenComplete((answer, failure) -> {
                        free.release();
                        bar.step(1);
                    })
                    .thenApply(this::ranking));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private ObjectNode question(String user, int[] pictures) {
        ObjectNode call = JsonNodeFactory.instance.objectNode().put("user", user);
        ArrayNode candidates = call.putArray("candidates");
        IntStream.of(pictures).forEach(number -> candidates.addObject().put("key", Uploads.key(prefix, number)));
        return call;
    }

    private Ranking ranking(JsonNode answer) {
        JsonNode ranked = answer.path("ranked");
        int[] pictures = new int[ranked.size()];
        double[] scores = new double[ranked.size()];
        for (int rank = 0; rank < pictures.length; rank++) {
            String key = ranked.get(rank).path("item").path("key").asText();
            pictures[rank] = Integer.parseInt(key.substring(prefix.length()));
            scores[rank] = ranked.get(rank).path("score").asDouble(Double.NaN);
        }
        return new Ranking(pictures, scores, answer.path("release").asText(""));
    }
}

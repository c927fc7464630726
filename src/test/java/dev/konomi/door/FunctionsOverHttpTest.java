package dev.konomi.door;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FunctionsOverHttpTest {
    @Inject
    Pool pool;

    @Test
    void putItemsStoresOnceAndEventsRefersToThem() {
        String items =
                "{\"items\":[{\"key\":\"sea\",\"text\":\"a blue sea\"},{\"key\":\"hill\",\"text\":\"a green hill\"},{\"key\":\"none\"}]}";
        post("put-items", items)
                .statusCode(200)
                .body("results.status", equalTo(List.of("stored", "stored", "refused")))
                .body("results[2].field", equalTo("items[2].text"));
        post("put-items", items).statusCode(200).body("results[0].status", equalTo("unchanged"));
        post(
                        "record-event",
                        "{\"eventId\":\"c1\",\"user\":\"alice\",\"type\":\"Chosen\",\"item\":{\"key\":\"sea\"},\"over\":[{\"key\":\"hill\"}],\"at\":\"2026-01-01T00:00:00Z\"}")
                .statusCode(200)
                .body("results[0].status", equalTo("accepted"));
        post("record-event", event("k1", "Liked", "{\"key\":\"unknown\"}"))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("item.key"));
    }

    @Test
    void aRepetitionIsADuplicateAndOtherContentAConflict() {
        post("record-event", event("d1", "Liked", "{\"text\":\"a cat\"}")).statusCode(200);
        post("record-event", event("d1", "Liked", "{\"text\":\"a cat\"}"))
                .statusCode(200)
                .body("results[0].status", equalTo("duplicate"));
        post("record-event", event("d1", "Disliked", "{\"text\":\"a cat\"}"))
                .statusCode(409)
                .body("results[0].status", equalTo("conflict"));
    }

    @Test
    void aBadEventDoesNotSinkItsBatch() {
        post(
                        "record-event",
                        "[" + event("b1", "Liked", "{\"text\":\"x\"}") + "," + event("b2", "Liked", "{\"text\":7}")
                                + "]")
                .statusCode(200)
                .body("results", hasSize(2))
                .body("results[0].status", equalTo("accepted"))
                .body("results[1].status", equalTo("refused"));
    }

    @Test
    void aBadBodyIsAProblemThatNamesTheField() {
        post("record-event", "{\"eventId\":")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:konomi:problem:unreadable"));
        post("record-event", "").statusCode(400).contentType("application/problem+json");
        post("put-items", "{\"items\":3}")
                .statusCode(400)
                .body("field", equalTo("items"))
                .body("type", equalTo("urn:konomi:problem:wrong-type"));
        post("put-items", "{\"tenant\":\"other\",\"items\":[]}").statusCode(403);
        given().port(Ports.http())
                .get("/put-items")
                .then()
                .statusCode(405)
                .body("type", startsWith("urn:konomi:problem:"));
    }

    @Test
    void theSameThousandEventsSentThreeTimesAtOnceLeaveAThousandRows() {
        List<String> batches = new ArrayList<>();
        for (int b = 0; b < 2; b++) {
            int from = 500 * b;
            batches.add(IntStream.range(from, from + 500)
                    .mapToObj(i -> event("t" + i, "Liked", "{\"text\":\"item " + i % 50 + "\"}"))
                    .collect(Collectors.joining(",", "[", "]")));
        }
        try (var threads = Executors.newFixedThreadPool(3)) {
            List<CompletableFuture<Void>> sent = new ArrayList<>();
            for (int copy = 0; copy < 3; copy++) {
                sent.add(CompletableFuture.runAsync(
                        () -> batches.forEach(
                                batch -> post("record-event", batch).statusCode(200)),
                        threads));
            }
            sent.forEach(CompletableFuture::join);
        }
        long rows = pool.query("select count(*) from event where event_id like 't%'")
                .executeAndAwait()
                .iterator()
                .next()
                .getLong(0);
        Assertions.assertEquals(1000, rows);
    }

    private static String event(String id, String type, String item) {
        return "{\"schema\":1,\"eventId\":\"" + id + "\",\"user\":\"alice\",\"type\":\"" + type + "\",\"item\":" + item
                + ",\"at\":\"2026-01-01T00:00:00Z\",\"colour\":\"ignored\"}";
    }

    private static ValidatableResponse post(String function, String body) {
        return given().port(Ports.http())
                .contentType("application/json")
                .body(body)
                .post("/" + function)
                .then();
    }
}

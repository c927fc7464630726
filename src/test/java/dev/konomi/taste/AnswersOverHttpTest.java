package dev.konomi.taste;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.item.Encoding;
import dev.konomi.item.Encodings;
import dev.konomi.item.ItemEncoder;
import dev.konomi.item.Items;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.release.Verification;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The functions that answer, over HTTP: first without a release, then with one.
@QuarkusTest
@TestProfile(AnswersOverHttpTest.OwnTenant.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AnswersOverHttpTest {
    /// The test port of Quarkus; the Lambda extension points RestAssured at its own mock server.
    private static final int HTTP = 8081;

    private static final String TENANT = "answers";

    /// Its release must not answer other tests; a look at the pointer is never good for the next
    /// question; two people's tastes stay in memory.
    public static class OwnTenant implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("konomi.tenant", TENANT, "konomi.taste.look-every", "0s", "konomi.taste.people", "2");
        }
    }

    @Inject
    Pool pool;

    @Inject
    ObjectStore store;

    @Inject
    ItemEncoder encoder;

    @Inject
    Items items;

    @Inject
    Encodings encodings;

    @Test
    @Order(1)
    void aBadImageIsRefusedAndTheRestIsStored() {
        String image =
                Base64.getEncoder().encodeToString("no image at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        post(
                        "put-items",
                        "{\"items\":[{\"key\":\"bad\",\"image\":\"%s\"},{\"key\":\"red\",\"image\":\"%s\"},%s]}"
                                .formatted(image, picture(Color.RED), texts("sea", "hill", "cat", "dog", "moon")))
                .statusCode(200)
                .body("results[0].status", equalTo("refused"))
                .body("results[0].field", equalTo("items[0].image"))
                .body("results[0].reason", notNullValue())
                .body("results[1].status", equalTo("stored"))
                .body("results[6].status", equalTo("stored"));
        problem(
                "record-event",
                "{\"eventId\":\"i1\",\"user\":\"ann\",\"type\":\"Chosen\",\"item\":{\"key\":\"sea\"},\"over\":[{\"image\":\"%s\"}],\"at\":\"2026-01-01T00:00:00Z\"}"
                        .formatted(image),
                "over[0].image");
    }

    @Test
    @Order(2)
    void withoutAReleasePopularityAnswersAndSaysSo() {
        record("p1", "ann", "Liked", "sea");
        record("p2", "bea", "Liked", "sea");
        record("p3", "bea", "Disliked", "cat");
        choose("p4", "cyd", "hill", "cat");
        record("p5", "cyd", "Liked", "cat");
        withdraw("p6", "cyd", "p5");
        post("score", score("ann", "cat", "dog", "hill", "sea"))
                .statusCode(200)
                .body("source", equalTo("popularity"))
                .body("release", nullValue())
                .body("decision", startsWith("dec_"))
                .body("ranked.item.key", equalTo(List.of("sea", "hill", "dog", "cat")))
                .body("ranked.candidate", equalTo(List.of(3, 2, 1, 0)))
                .body("ranked[0].probability", nullValue())
                .body("ranked[0].score.toDouble()", closeTo(Math.log(3), 1e-6))
                .body("ranked[3].score.toDouble()", closeTo(-Math.log(3), 1e-6))
                .body("pending", hasSize(0));
        post("tokens", "{\"user\":\"ann\"}")
                .statusCode(200)
                .body("release", nullValue())
                .body("tokens", hasSize(0));
    }

    @Test
    @Order(3)
    void badQuestionsAreProblemsThatNameTheField() {
        problem("score", score("ann", "sea", "nowhere"), "candidates[1].key");
        problem("score", "{\"candidates\":[{\"key\":\"sea\"}]}", "user");
        problem("score", "{\"user\":\"ann\",\"candidates\":[]}", "candidates");
        problem("score", "{\"user\":\"ann\",\"candidates\":[{\"key\":\"sea\"},{}]}", "candidates[1].key");
        problem("score", "{\"user\":\"ann\",\"candidates\":[{\"key\":\"sea\"}],\"explain\":1}", "explain");
        problem(
                "score",
                score("ann", IntStream.range(0, 201).mapToObj(i -> "sea").toArray(String[]::new)),
                "candidates");
        problem("tokens", "{}", "user");
        problem("encode-items", "{}", "keys");
        problem("encode-items", "{\"keys\":[\"sea\"],\"missing\":true}", "keys");
        problem("remove-items", "{\"keys\":[]}", "keys");
        problem("remove-items", "{\"keys\":[\"\"]}", "keys[0]");
    }

    @Test
    @Order(4)
    void itemsAreEncodedOnce() {
        post("encode-items", "{\"keys\":[\"red\",\"sea\",\"nowhere\"]}")
                .statusCode(200)
                .body("encoder", equalTo(encoder.digest()))
                .body("encoded", equalTo(2))
                .body("unknown", equalTo(List.of("nowhere")));
        post("encode-items", "{\"keys\":[\"red\",\"sea\"]}")
                .body("encoded", equalTo(0))
                .body("kept", equalTo(2));
        post("encode-items", "{\"missing\":true}").body("encoded", equalTo(4)).body("more", equalTo(false));
        post("encode-items", "{\"missing\":true}").body("encoded", equalTo(0));
    }

    @Test
    @Order(5)
    void aReleaseAnswersAsSoonAsItIsPublished() {
        String release = TinyRelease.publish(store, TENANT, 1, encoder.digest(), encoder.width());
        JsonPath answer = post("score", score("nobody", "sea", "hill", "cat", "red", "sea"))
                .statusCode(200)
                .body("source", equalTo("release"))
                .body("release", equalTo(release))
                .body("historyUsed", equalTo(0))
                .body("coldStart", equalTo(true))
                .body("ranked", hasSize(5))
                .body("ranked.probability", everyItem(notNullValue()))
                .body("ranked[0].explanation", nullValue())
                .extract()
                .jsonPath();
        List<Double> scores = doubles(answer, "ranked.score");
        assertEquals(scores.stream().sorted(java.util.Comparator.reverseOrder()).toList(), scores);
        // The same content twice has the same score, in the question's order.
        int first = answer.getList("ranked.candidate").indexOf(0);
        assertEquals(4, answer.getInt("ranked[%d].candidate".formatted(first + 1)));
        assertEquals(scores.get(first), scores.get(first + 1));
        long positions = pool.preparedQuery(
                        "select jsonb_array_length(ranking) from decision where tenant = $1 and decision_id = $2")
                .executeAndAwait(io.vertx.mutiny.sqlclient.Tuple.of(TENANT, answer.getString("decision")))
                .iterator()
                .next()
                .getInteger(0);
        assertEquals(5, positions);
        post("tokens", "{\"user\":\"nobody\"}")
                .statusCode(200)
                .body("release", equalTo(release))
                .body("segment.size", equalTo(100))
                .body("tokens.edited", everyItem(equalTo(false)))
                .body("tokens[0].typicalItems", hasSize(1))
                .body("tokens.weight.sum().toDouble()", closeTo(1, 1e-5));
    }

    @Test
    @Order(6)
    void theSameEventsInAnyOrderGiveTheSameScores() {
        List<String> events = List.of(
                event("%s1", "%s", "Liked", "sea", 1),
                event("%s2", "%s", "Disliked", "cat", 2),
                "{\"eventId\":\"%s3\",\"user\":\"%s\",\"type\":\"Chosen\",\"item\":{\"key\":\"hill\"},\"over\":[{\"key\":\"dog\"},{\"key\":\"cat\"}],\"at\":\"2026-01-03T00:00:00Z\"}",
                event("%s4", "%s", "Liked", "moon", 4),
                "{\"eventId\":\"%s5\",\"user\":\"%s\",\"type\":\"Withdrawn\",\"ofEvent\":\"%s4\",\"at\":\"2026-01-05T00:00:00Z\"}");
        List<Integer> orders = List.of(0, 1, 2, 3, 4);
        List<List<Double>> all = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            String user = "turn" + turn;
            List<Integer> order = new ArrayList<>(orders);
            java.util.Collections.rotate(order, 2 * turn);
            for (int k : order) {
                String one = events.get(k).replace("%s", user);
                post("record-event", one).statusCode(200);
                post("record-event", one).statusCode(200).body("results[0].status", equalTo("duplicate"));
                post("score", score(user, "sea", "hill")).statusCode(200);
            }
            all.add(doubles(
                    post("score", score(user, "sea", "hill", "cat", "dog", "moon"))
                            .body("historyUsed", equalTo(3))
                            .body("coldStart", equalTo(false))
                            .extract()
                            .jsonPath(),
                    "ranked.score"));
        }
        assertEquals(all.get(0), all.get(1));
        assertEquals(all.get(0), all.get(2));
        assertNotEquals(
                doubles(
                        post("score", score("nobody", "sea", "hill", "cat", "dog", "moon"))
                                .extract()
                                .jsonPath(),
                        "ranked.score"),
                all.get(0));
    }

    @Test
    @Order(7)
    void anExplanationAddsUpToTheScoreAndNamesTheEvents() {
        JsonPath answer = post(
                        "score",
                        "{\"user\":\"turn0\",\"explain\":true,\"candidates\":[{\"key\":\"sea\"},{\"text\":\"a lake\"},{\"image\":\"%s\"}]}"
                                .formatted(picture(Color.BLUE)))
                .statusCode(200)
                .body("ranked", hasSize(3))
                .extract()
                .jsonPath();
        for (int i = 0; i < 3; i++) {
            String at = "ranked[" + i + "].explanation.";
            double sum =
                    answer.getDouble(at + "own") + answer.getDouble(at + "appeal") + answer.getDouble(at + "offset");
            for (double part : doubles(answer, at + "tokens.value")) {
                sum += part;
            }
            assertEquals(answer.getDouble("ranked[" + i + "].score"), sum, 1e-5);
            List<String> events = answer.getList(at + "because.eventId");
            assertTrue(Set.of("turn01", "turn02", "turn03").containsAll(events), "named: " + events);
            assertEquals(!events.isEmpty(), answer.getBoolean(at + "goodReason"));
            assertTrue(doubles(answer, at + "because.change").stream().allMatch(change -> change > 0));
            // Two likes and a choice that stands; the withdrawn one is none.
            assertEquals(2, events.size() + answer.getInt(at + "remaining.count"));
        }
    }

    @Test
    @Order(7)
    void aPromptIsGuidedInItsLanguageAndEveryWordSaysWhy() {
        JsonPath answer = post("guide", "{\"user\":\"turn0\",\"prompt\":\"a cat\"}")
                .statusCode(200)
                .body("release", notNullValue())
                .body("historyUsed", equalTo(3))
                .body("language", equalTo("en"))
                .body("prompt", startsWith("a cat"))
                .extract()
                .jsonPath();
        assertEquals(
                answer.getInt("taste.width"), answer.getList("taste.values").size());
        List<String> added = answer.getList("positive.en");
        assertEquals(
                String.join(
                        ", ",
                        java.util.stream.Stream.concat(java.util.stream.Stream.of("a cat"), added.stream())
                                .toList()),
                answer.getString("prompt"));
        for (String list : List.of("positive", "negative")) {
            for (int i = 0; i < answer.getList(list).size(); i++) {
                String at = list + "[" + i + "].";
                double weight = answer.getDouble(at + "weight");
                double gain = answer.getDouble(at + "because.everybody")
                        + answer.getDouble(at + "because.own")
                        + answer.getDouble(at + "because.tokens");
                assertEquals(Math.signum(gain), Math.signum(weight), at);
                assertEquals(list.equals("positive"), weight > 0, at);
                // Three events, one of them a choice over two.
                assertEquals(3, answer.getInt(at + "because.shown.ofLikes"), at);
                assertEquals(3, answer.getInt(at + "because.shown.ofDislikes"), at);
            }
        }
        JsonPath newcomer = post("guide", "{\"user\":\"nobody\",\"prompt\":\"猫\"}")
                .statusCode(200)
                .body("coldStart", equalTo(true))
                .body("language", equalTo("ja"))
                .extract()
                .jsonPath();
        assertNotEquals(doubles(newcomer, "taste.values"), doubles(answer, "taste.values"));
        problem("guide", "{\"user\":\"turn0\"}", "prompt");
    }

    @Test
    @Order(7)
    void theLikesBehindAScoreAreShownUntilTheyAreRemoved() {
        String image = "{\"key\":\"%s\",\"image\":\"" + picture(Color.GREEN) + "\",\"text\":\"%s\"}";
        post("put-items", "{\"items\":[" + image.formatted("leaf", "leaf") + "," + image.formatted("twig", "") + "]}")
                .statusCode(200);
        for (String key : List.of("leaf", "twig", "sea")) {
            record("shown-" + key, "shown", "Liked", key);
        }
        post(
                        "record-event",
                        "{\"eventId\":\"shown-inline\",\"user\":\"shown\",\"type\":\"Liked\",\"item\":{\"text\":\"a lake\"},\"at\":\"2026-01-01T00:00:00Z\"}")
                .statusCode(200);
        String question =
                "{\"user\":\"shown\",\"explain\":true,%s\"candidates\":[{\"key\":\"leaf\"},{\"key\":\"sea\"},{\"text\":\"a lake\"},{\"key\":\"moon\"},{\"key\":\"hill\"}]}";
        JsonPath answer =
                post("score", question.formatted("")).statusCode(200).extract().jsonPath();
        Map<String, Map<String, Object>> likes = likes(answer);
        assertTrue(likes.size() >= 2, "shown: " + likes);
        likes.forEach((name, like) -> {
            boolean picture = name.equals("leaf") || name.equals("twig");
            assertEquals(picture, String.valueOf(like.get("thumbnail")).startsWith("data:image/jpeg;base64,"), name);
            assertEquals(picture ? null : name.equals("sea") ? "a picture of a sea" : "a lake", like.get("text"), name);
            assertEquals(false, like.get("removed"));
        });
        assertEquals(
                new java.util.HashSet<>(answer.<String>getList("ranked.explanation.because.item.digest.flatten()")),
                new java.util.HashSet<>(answer.<String>getList("likes.item.digest")));
        String digest =
                dev.konomi.item.ContentDigest.ofImage(Base64.getDecoder().decode(picture(Color.GREEN)));
        String thumbnail = "tenants/" + TENANT + "/thumbnails/" + digest;
        assertTrue(store.get(thumbnail).toCompletableFuture().join().isPresent());

        post("score", question.formatted("\"thumbnails\":false,"))
                .statusCode(200)
                .body("likes.thumbnail", everyItem(nullValue()));
        problem("score", question.formatted("\"thumbnails\":\"no\","), "thumbnails");
        post("score", score("shown", "sea")).body("likes", nullValue());

        post("remove-items", "{\"keys\":[\"twig\"]}").statusCode(200);
        assertTrue(store.get(thumbnail).toCompletableFuture().join().isEmpty());
        Map<String, Map<String, Object>> left = likes(
                post("score", question.formatted("")).statusCode(200).extract().jsonPath());
        assertEquals(likes.size(), left.size());
        assertEquals(likes.containsKey("twig"), left.containsKey("removed"));
        if (left.containsKey("leaf")) {
            assertTrue(store.get(thumbnail).toCompletableFuture().join().isPresent(), "leaf has the same image");
        }
    }

    /// By key; those without one by what they are.
    private static Map<String, Map<String, Object>> likes(JsonPath answer) {
        Map<String, Map<String, Object>> likes = new HashMap<>();
        for (Map<String, Object> like : answer.<Map<String, Object>>getList("likes")) {
            Object key = ((Map<?, ?>) Objects.requireNonNull(like.get("item"))).get("key");
            boolean removed = Boolean.TRUE.equals(like.get("removed"));
            if (removed) {
                assertEquals(Set.of("item", "removed"), like.keySet());
            }
            likes.put(key != null ? key.toString() : removed ? "removed" : "inline", like);
        }
        return likes;
    }

    @Test
    @Order(8)
    void sixteenMissingCandidatesAreEncodedAndTheRestIsPending() {
        String[] fresh = IntStream.range(0, 20).mapToObj(i -> "fresh" + i).toArray(String[]::new);
        post("put-items", "{\"items\":[" + texts(fresh) + "]}").statusCode(200);
        post("score", score("new", fresh))
                .statusCode(200)
                .body("ranked", hasSize(16))
                .body("pending.candidate", equalTo(List.of(16, 17, 18, 19)))
                .body("pending[0].item.key", equalTo("fresh16"))
                .body("pending[0].reason", notNullValue());
        post("score", score("new", fresh)).body("ranked", hasSize(20)).body("pending", hasSize(0));
        problem(
                "score",
                "{\"user\":\"ann\",\"candidates\":[{\"key\":\"sea\"},{\"image\":\"bm8gaW1hZ2U=\"}]}",
                "candidates[1].image");
    }

    @Test
    @Order(9)
    void removedItemsAreUnknownAndTheirEventsCounted() {
        post("remove-items", "{\"keys\":[\"cat\",\"nowhere\"]}")
                .statusCode(200)
                .body("results.status", equalTo(List.of("removed", "unknown")))
                .body("results[0].events", equalTo(9));
        problem("score", score("ann", "cat"), "candidates[0].key");
        post("remove-items", "{\"keys\":[\"cat\"]}").body("results[0].status", equalTo("unknown"));
    }

    @Test
    @Order(10)
    void aLongHistoryIsReadUntilSixtyFourObservationsAreFound() {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String type = i < 70 ? "\"Liked\"" : "\"Dwelled\",\"value\":0.5";
            events.add(
                    "{\"eventId\":\"long%d\",\"user\":\"long\",\"type\":%s,\"item\":{\"key\":\"sea\"},\"at\":\"2026-02-01T00:%02d:%02dZ\"}"
                            .formatted(i, type, i / 60, i % 60));
        }
        post("record-event", "[" + String.join(",", events) + "]").statusCode(200);
        post("score", score("long", "sea")).statusCode(200).body("historyUsed", equalTo(64));
    }

    @Test
    @Order(11)
    void aTasteThatAnotherProcessComputedAnswersUntilTheHistoryChanges() {
        for (String user : List.of("kept", "twin")) {
            record(user + 1, user, "Liked", "sea");
            choose(user + 2, user, "hill", "dog");
        }
        record("other1", "other", "Disliked", "sea");
        List<Double> own = scores("kept");
        List<Double> others = scores("other");
        assertNotEquals(own, others);
        // What no computation would give shows where the answer comes from.
        swapTaste("kept", "other");
        assertEquals(own, scores("twin"));
        assertEquals(others, scores("kept"));
        post("tokens", "{\"user\":\"kept\"}").body("historyUsed", equalTo(2));

        // An event from before the newest one changes the history too.
        record("late", "kept", "Liked", "moon");
        List<Double> late = scores("kept");
        assertNotEquals(others, late);
        forgetTaste("kept");
        assertEquals(late, scores("kept"));
        withdraw("undone", "kept", "late");
        assertEquals(own, scores("kept"));
        post("record-event", event("kept1", "kept", "Liked", "sea", 1)).body("results[0].status", equalTo("duplicate"));
        assertEquals(own, scores("kept"));
    }

    @Test
    @Order(12)
    void aTasteStandsWhenAnItemOfItsHistoryIsRemoved() {
        List<Double> before = scores("kept");
        post("remove-items", "{\"keys\":[\"dog\"]}").body("results[0].status", equalTo("removed"));
        assertEquals(before, scores("kept"));
        forgetTaste("kept");
        assertEquals(before, scores("kept"));
        post("put-items", "{\"items\":[" + texts("dog") + "]}").statusCode(200);
    }

    @Test
    @Order(13)
    void questionsBetweenConcurrentEventsLeaveNoStaleTaste() {
        List<String> keys = List.of("sea", "hill", "moon", "red");
        try (var threads = Executors.newFixedThreadPool(4)) {
            CompletableFuture.allOf(IntStream.range(0, 24)
                            .mapToObj(i -> CompletableFuture.runAsync(
                                    () -> {
                                        record("busy" + i, "busy", i % 3 == 0 ? "Disliked" : "Liked", keys.get(i % 4));
                                        post("score", score("busy", "sea", "hill"))
                                                .statusCode(200);
                                    },
                                    threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        List<Double> answered = scores("busy");
        forgetTaste("busy");
        assertEquals(answered, scores("busy"));
    }

    @Test
    @Order(14)
    void aNewReleaseTakesOverUnderQuestionsAndUsesNoVectorOfTheOldOne() {
        String question = score("nobody", "sea", "hill", "dog", "moon", "red");
        JsonPath before = post("score", question).extract().jsonPath();
        String old = before.getString("release");
        Path folder = TinyRelease.sealed(TENANT, 2, encoder.digest(), encoder.width(), old, 5);
        Set<String> answered = ConcurrentHashMap.newKeySet();
        String fresh;
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<Void>> asking = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                asking.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 25; i++) {
                                answered.add(post("score", question)
                                        .statusCode(200)
                                        .extract()
                                        .path("release"));
                            }
                        },
                        threads));
            }
            fresh = TinyRelease.publish(store, folder);
            asking.forEach(CompletableFuture::join);
        }
        assertTrue(Set.of(old, fresh).containsAll(answered), answered::toString);
        JsonPath after = before;
        for (int i = 0; i < 1_000 && !fresh.equals(after.getString("release")); i++) {
            after = post("score", question).extract().jsonPath();
        }
        assertEquals(fresh, after.getString("release"));
        assertEquals(expected(folder), byKey(after));
        assertNotEquals(byKey(before), byKey(after));
        List<Double> kept = scores("kept");
        assertEquals(scores("twin"), kept);
        forgetTaste("kept");
        assertEquals(kept, scores("kept"));
        post("tokens", "{\"user\":\"nobody\"}")
                .body("release", equalTo(fresh))
                .body("segment.size", nullValue())
                .body("segment.note", startsWith("too few"));
    }

    /// Asked after two others, so that nothing of the person is in memory.
    private static List<Double> scores(String user) {
        post("score", score("bystander1", "sea")).statusCode(200);
        post("score", score("bystander2", "sea")).statusCode(200);
        return doubles(
                post("score", score(user, "sea", "hill", "moon", "red"))
                        .statusCode(200)
                        .extract()
                        .jsonPath(),
                "ranked.sort{it.candidate}.score");
    }

    private void swapTaste(String of, String with) {
        int changed = pool.preparedQuery("""
                        update taste_state s set taste = o.taste, own = o.own, activations = o.activations
                        from taste_state o
                        where s.tenant = $1 and o.tenant = $1
                          and s.person_id = (select person_id from person where tenant = $1 and external_id = $2)
                          and o.person_id = (select person_id from person where tenant = $1 and external_id = $3)""")
                .executeAndAwait(io.vertx.mutiny.sqlclient.Tuple.of(TENANT, of, with))
                .rowCount();
        assertEquals(1, changed);
    }

    private void forgetTaste(String user) {
        int gone = pool.preparedQuery("""
                        delete from taste_state where tenant = $1
                          and person_id = (select person_id from person where tenant = $1 and external_id = $2)""")
                .executeAndAwait(io.vertx.mutiny.sqlclient.Tuple.of(TENANT, user))
                .rowCount();
        assertEquals(1, gone);
    }

    /// What the release says of encodings fresh from the database, past everything that is kept.
    private Map<String, Float> expected(Path folder) {
        List<String> keys = List.of("sea", "hill", "dog", "moon", "red");
        Map<String, String> digests = items.digests(TENANT, keys).await().indefinitely();
        Map<String, Encoding> kept = encodings
                .kept(TENANT, encoder.digest(), digests.values())
                .await()
                .indefinitely();
        if (!(ReleaseFolder.verify(folder) instanceof Verification.Sound(Release release))) {
            throw new AssertionError(folder);
        }
        try (OnnxTasteModel model = OnnxTasteModel.load(release, 1)) {
            ItemVectors vectors = model.items(keys.stream()
                    .map(key -> Objects.requireNonNull(kept.get(digests.get(key))))
                    .toList());
            float[] scores = model.scores(model.taste(vectors, List.of()), vectors, new float[keys.size()]);
            Map<String, Float> expected = new HashMap<>();
            for (int i = 0; i < scores.length; i++) {
                expected.put(keys.get(i), rounded(scores[i]));
            }
            return expected;
        }
    }

    private static float rounded(double score) {
        return Math.round(score * 1e3) / 1e3f;
    }

    private static Map<String, Float> byKey(JsonPath answer) {
        List<String> keys = answer.getList("ranked.item.key");
        List<Double> scores = doubles(answer, "ranked.score");
        Map<String, Float> all = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            all.put(keys.get(i), rounded(scores.get(i)));
        }
        return all;
    }

    private static List<Double> doubles(JsonPath json, String path) {
        return json.<Number>getList(path).stream().map(Number::doubleValue).toList();
    }

    private static String texts(String... keys) {
        return Arrays.stream(keys)
                .map(key -> "{\"key\":\"" + key + "\",\"text\":\"a picture of a " + key + "\"}")
                .collect(Collectors.joining(","));
    }

    private static String score(String user, String... keys) {
        return Arrays.stream(keys)
                .map(key -> "{\"key\":\"" + key + "\"}")
                .collect(Collectors.joining(",", "{\"user\":\"" + user + "\",\"candidates\":[", "]}"));
    }

    private static String event(String id, String user, String type, String key, int day) {
        return "{\"eventId\":\"" + id + "\",\"user\":\"" + user + "\",\"type\":\"" + type + "\",\"item\":{\"key\":\""
                + key + "\"},\"at\":\"2026-01-0" + day + "T00:00:00Z\"}";
    }

    private static void record(String id, String user, String type, String key) {
        post("record-event", event(id, user, type, key, 1)).statusCode(200);
    }

    private static void choose(String id, String user, String key, String over) {
        post(
                        "record-event",
                        "{\"eventId\":\"%s\",\"user\":\"%s\",\"type\":\"Chosen\",\"item\":{\"key\":\"%s\"},\"over\":[{\"key\":\"%s\"}],\"at\":\"2026-01-02T00:00:00Z\"}"
                                .formatted(id, user, key, over))
                .statusCode(200);
    }

    private static void withdraw(String id, String user, String ofEvent) {
        post(
                        "record-event",
                        "{\"eventId\":\"%s\",\"user\":\"%s\",\"type\":\"Withdrawn\",\"ofEvent\":\"%s\",\"at\":\"2026-01-03T00:00:00Z\"}"
                                .formatted(id, user, ofEvent))
                .statusCode(200);
    }

    private static String picture(Color colour) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, 32, 32);
        graphics.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(file.toByteArray());
    }

    private static void problem(String function, String body, String field) {
        post(function, body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo(field))
                .body("type", startsWith("urn:konomi:problem:"));
    }

    private static ValidatableResponse post(String function, String body) {
        return given().port(HTTP)
                .contentType("application/json")
                .body(body)
                .post("/" + function)
                .then();
    }
}

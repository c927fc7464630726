package dev.konomi.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TokenBookTest {
    private static final String ITEM = "0123456789abcdef".repeat(4);

    @Test
    void yesterdaysFileStillReadsAndIsWrittenTheSameToday() throws IOException {
        byte[] golden = golden();
        assertEquals(book(), TokenBook.read(golden));
        assertEquals(text(golden), text(book().bytes()));
    }

    @Test
    void whatIsWrittenReadsBack() {
        assertEquals(book(), TokenBook.read(book().bytes()));
        assertArrayEquals(book().bytes(), TokenBook.read(book().bytes()).bytes());
    }

    @Test
    void unknownFieldsAreIgnored() throws IOException {
        String later = text(golden()).replace("\"schema\" : 1,", "\"schema\" : 1, \"colour\" : [ 1 ],");
        assertEquals(book(), TokenBook.read(later.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aBadFileIsRefusedWithItsPlace() throws IOException {
        String golden = text(golden());
        assertRefused("", "No content");
        assertRefused("{\"schema\":1", "line 1");
        assertRefused("{\"tokens\":[]}", "schema");
        assertRefused(golden.replace("\"schema\" : 1", "\"schema\" : 2"), "the schema is 2");
        assertRefused("{\"schema\":1,\"tokens\":[]}", "at least one");
        assertRefused("{\"schema\":1}", "'tokens'");
        assertRefused("null", "nothing in it");
        assertRefused(golden.replace("0.25,", "\"much\","), "tokens[0].prior");
        assertRefused(golden.replace("0.25,", "1.25,"), "tokens[0]: prior of tok_1a2b3c4d5e6f is 1.25");
        assertRefused(golden.replace("0.25,", "0.2,"), "add up to 0.95");
        assertRefused(golden.replace("\"people\" : 120", "\"persons\" : 120"), "people");
        assertRefused(golden.replace("tok_1a2b3c4d5e6f", "seven"), "id is \"seven\"");
        assertRefused(golden.replace(ITEM, "picture.png"), "content digest");
        assertRefused(golden.replace("[ 0.5, -1.25, 0.0 ]", "[ 0.5 ]"), "tokens[1].vector has 3 numbers");
        assertRefused(golden.replace("[ 0.5, -1.25, 0.0 ]", "[ 0.5, \"NaN\", 0.0 ]"), "vector[1]");
        assertRefused(golden.replace("Taste 2", "deep blue · minimal"), "tokens[1].name.en");
    }

    @Test
    void aCardKeepsItsOwnVector() {
        float[] vector = {1, 2, 3};
        TokenCard card = card("tok_aaaa", 1, vector, "a", "あ");
        vector[0] = 9;
        card.vector()[1] = 9;
        assertArrayEquals(new float[] {1, 2, 3}, card.vector());
    }

    @Test
    void theSameVectorHasTheSameIdAndAnotherAnother() {
        assertEquals(TokenCard.idOf(new float[] {1, 2}), TokenCard.idOf(new float[] {1, 2}));
        assertTrue(TokenCard.idOf(new float[] {1, 2}).matches("tok_[0-9a-f]{12}"));
        assertEquals(
                3,
                List.of(
                                TokenCard.idOf(new float[] {1, 2}),
                                TokenCard.idOf(new float[] {2, 1}),
                                TokenCard.idOf(new float[] {1, 2.0000002f}))
                        .stream()
                        .distinct()
                        .count());
    }

    @Test
    void anEarlierReleasesIdCanBeKept() {
        TokenCard first = book().tokens().getFirst();
        assertEquals("tok_earlier", first.withId("tok_earlier").id());
        assertEquals(first, first.withId("tok_earlier").withId(first.id()));
    }

    private static TokenBook book() {
        return new TokenBook(List.of(
                new TokenCard(
                        "tok_1a2b3c4d5e6f",
                        0.25,
                        new float[] {0.5f, -1.25f, 0},
                        new TokenCard.Name("deep blue · minimal", "深い青 · シンプル"),
                        List.of(
                                new TokenCard.Concept("deep-blue", "deep blue", "深い青", 1.31),
                                new TokenCard.Concept("minimal", "minimal", "シンプル", 0.72),
                                new TokenCard.Concept("neon", "neon", "ネオン", -0.4)),
                        List.of(ITEM),
                        120),
                card("tok_0f0f0f0f0f0f", 0.75, new float[] {0.1f, 3.4e-5f, -2}, "Taste 2", "好み2")));
    }

    private static TokenCard card(String id, double prior, float[] vector, String en, String ja) {
        return new TokenCard(id, prior, vector, new TokenCard.Name(en, ja), List.of(), List.of(), 0);
    }

    private static void assertRefused(String file, String reason) {
        String message = Objects.requireNonNull(assertThrows(
                        IllegalArgumentException.class,
                        () -> TokenBook.read(file.getBytes(StandardCharsets.UTF_8)),
                        reason)
                .getMessage());
        assertTrue(message.startsWith("tokens.json cannot be read: ") && message.contains(reason), message);
    }

    private static byte[] golden() throws IOException {
        try (InputStream in = TokenBookTest.class.getResourceAsStream("tokens-schema-1.json")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

package dev.konomi.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All preference tokens of a release, in the order of the model's activations: a release's `tokens.json`.
///
/// @param tokens M ≥ 1 tokens: different ids and names, vectors of one width, priors that add up to 1
@RegisterForReflection
public record TokenBook(List<TokenCard> tokens) {
    /// The name of the file in a release.
    public static final String FILE = "tokens.json";

    /// The version that this code writes and the newest that it reads.
    public static final int SCHEMA = 1;

    /// How far from 1 the priors' sum may be: they are a softmax of 32-bit numbers.
    private static final double PRIOR_TOLERANCE = 1e-3;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private static final ObjectWriter WRITER =
            JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    public TokenBook {
        tokens = List.copyOf(tokens);
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("There is no token: give at least one.");
        }
        int width = tokens.getFirst().vector().length;
        Map<String, Integer> taken = new HashMap<>();
        double sum = 0;
        for (int m = 0; m < tokens.size(); m++) {
            TokenCard token = tokens.get(m);
            int found = token.vector().length;
            if (found != width) {
                throw new IllegalArgumentException("tokens[" + m + "].vector has " + found
                        + " numbers and tokens[0].vector " + width + ": give vectors of one width.");
            }
            requireNew(taken, m, "id", token.id());
            requireNew(taken, m, "name.en", token.name().en());
            requireNew(taken, m, "name.ja", token.name().ja());
            sum += token.prior();
        }
        if (Math.abs(sum - 1) > PRIOR_TOLERANCE) {
            throw new IllegalArgumentException("The tokens' priors add up to " + sum + ": give shares that make 1.");
        }
    }

    /// @return G, the width of the tokens' vectors
    public int width() {
        return tokens.getFirst().vector().length;
    }

    /// @return p_m of all tokens, `[M, G]`
    public float[][] vectors() {
        return tokens.stream().map(TokenCard::vector).toArray(float[][]::new);
    }

    /// @param id a token's id
    /// @return the token, or nothing when the release has none of this id
    public Optional<TokenCard> token(String id) {
        return tokens.stream().filter(token -> token.id().equals(id)).findFirst();
    }

    /// @return content of a `tokens.json`, UTF-8; the same book always gives the same bytes
    public byte[] bytes() {
        try {
            return (WRITER.writeValueAsString(new File(SCHEMA, tokens)) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The tokens could not be written.", e);
        }
    }

    /// @param bytes content of a `tokens.json`; unknown fields are ignored
    /// @return the book
    /// @throws IllegalArgumentException when it is none, says what is wrong and where
    public static TokenBook read(byte[] bytes) {
        try {
            File file = JSON.readValue(bytes, File.class);
            if (file == null) {
                throw new IllegalArgumentException("it has nothing in it.");
            }
            return new TokenBook(file.tokens());
        } catch (JsonMappingException e) {
            throw refused(path(e) + reason(e), e);
        } catch (JsonProcessingException e) {
            throw refused(e.getOriginalMessage() + place(e), e);
        } catch (IOException | IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    private record File(int schema, List<TokenCard> tokens) {
        File {
            if (schema != SCHEMA) {
                throw new IllegalArgumentException("the schema is " + schema + ", this Konomi reads " + SCHEMA
                        + ": use the Konomi that wrote it, or train again.");
            }
            if (tokens == null) {
                throw new IllegalArgumentException("tokens is missing: give at least one.");
            }
        }
    }

    private static void requireNew(Map<String, Integer> taken, int m, String field, String value) {
        Integer before = taken.putIfAbsent(field + "\0" + value, m);
        if (before != null) {
            throw new IllegalArgumentException("tokens[" + m + "]." + field + " is \"" + value + "\" as tokens["
                    + before + "]'s: give every token its own.");
        }
    }

    private static IllegalArgumentException refused(String reason, Exception cause) {
        return new IllegalArgumentException(FILE + " cannot be read: " + reason, cause);
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "" : path + ": ";
    }

    private static String reason(JsonMappingException e) {
        Throwable cause = e.getCause();
        return cause instanceof IllegalArgumentException
                ? String.valueOf(cause.getMessage())
                : e.getOriginalMessage() + place(e);
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}

package dev.konomi.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The bucket's policy against the keys and writes of the code: only the pointer is ever replaced.
class BucketPolicyTest {
    private static final String ANY_TENANT = "*";

    @Test
    void everythingButThePointerIsCreatedOnceOnly() throws IOException {
        JsonNode createOnly = statement("CreateOnly");
        assertEquals("Deny", createOnly.path("Effect").asText());
        assertEquals(pointer(), createOnly.path("NotResource").asText());
        assertEquals("true", createOnly.at("/Condition/Null/s3:if-none-match").asText());
    }

    @Test
    void thePointerIsNeverWrittenWithoutACondition() throws IOException {
        JsonNode swap = statement("CompareAndSwap");
        assertEquals("Deny", swap.path("Effect").asText());
        assertEquals(pointer(), swap.path("Resource").asText());
        assertEquals("true", swap.at("/Condition/Null/s3:if-match").asText());
        assertEquals("true", swap.at("/Condition/Null/s3:if-none-match").asText());
    }

    private static String pointer() {
        String key = ReleaseKeys.pointer("tenant");
        assertTrue(key.contains("/tenant/"), key);
        return "${Bucket.Arn}/" + key.replace("/tenant/", "/" + ANY_TENANT + "/");
    }

    private static JsonNode statement(String name) throws IOException {
        for (JsonNode statement : new YAMLMapper()
                .readTree(Path.of("infra/foundation.yaml").toFile())
                .at("/Resources/BucketPolicy/Properties/PolicyDocument/Statement")) {
            if (statement.path("Sid").asText().equals(name)) {
                return statement;
            }
        }
        throw new AssertionError("The bucket's policy has no statement " + name + ".");
    }
}

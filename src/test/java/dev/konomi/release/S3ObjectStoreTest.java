package dev.konomi.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ObjectStoreTest extends ObjectStoreContract {
    private static S3Server server;
    private static int folders;

    @BeforeAll
    static void start() {
        server = new S3Server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    ObjectStore open() {
        return server.open("folder-" + folders++ + "/");
    }

    @Test
    void aMissingBucketIsAFailureAndNoLostRace() {
        try (ObjectStore store = ObjectStores.open(URI.create("s3://nowhere"), server.settings())) {
            CompletionException failure =
                    assertThrows(CompletionException.class, () -> done(store.create("a", bytes("x"))));
            assertInstanceOf(S3Exception.class, failure.getCause());
        }
    }

    @Test
    void opensBySettingsAsATrainerDoes() {
        URI url = URI.create("s3://" + S3Server.BUCKET + "/by/settings");
        try (ObjectStore store = ObjectStores.open(url, server.settings())) {
            done(store.create("key", bytes("x")));
            assertEquals(
                    List.of("by/settings/key"),
                    done(server.open("").list("by/")).stream()
                            .map(ObjectStore.Listed::key)
                            .toList());
        }
    }

    @Test
    void foldersOfABucketDoNotSeeEachOther() {
        try (ObjectStore one = server.open("one/");
                ObjectStore two = server.open("two/")) {
            done(one.create("key", bytes("x")));
            assertEquals(List.of(), done(two.list("")));
        }
    }

    @Test
    void halfACredentialIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ObjectStores.open(URI.create("s3://b"), Map.of("konomi.store.access-key", "a")));
    }
}

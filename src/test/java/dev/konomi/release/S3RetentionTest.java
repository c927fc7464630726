package dev.konomi.release;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class S3RetentionTest extends RetentionContract {
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
}

package dev.konomi.release;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FolderRetentionTest extends RetentionContract {
    @TempDir
    private Path objects;

    @Override
    ObjectStore open() {
        return ObjectStores.open(objects.toUri(), Map.of());
    }
}

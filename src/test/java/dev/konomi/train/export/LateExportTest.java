package dev.konomi.train.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.konomi.release.Manifest;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.stage.TrainedModel;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateExportTest {
    @Test
    void theSameModelGivesTheSameBytes() {
        TrainedModel model = TinyModel.train(TinyModel.data(4), TinyModel.NETWORK);
        var once = LateExport.graphs(model);
        var again = LateExport.graphs(model);
        assertEquals(Set.of("item.onnx", "history.onnx", "score.onnx"), once.keySet());
        once.forEach((name, bytes) -> assertArrayEquals(bytes, again.get(name)));
    }

    @Test
    void theSameSeedLearnsTheSameAndAnotherDataSetDoesNot(
            @TempDir Path first, @TempDir Path second, @TempDir Path third) {
        Manifest once = trained(5, first);
        assertEquals(once.learned(), trained(5, second).learned());
        assertNotEquals(once.learned(), trained(6, third).learned());
    }

    private static Manifest trained(long seed, Path folder) {
        Dataset data = TinyModel.data(seed);
        return TinyModel.release(TinyModel.train(data, TinyModel.NETWORK), data, folder)
                .manifest();
    }
}

package dev.konomi.train.export;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.taste.OnnxTasteModel;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.network.NetworkSettings.ActivationKind;
import dev.konomi.train.stage.TrainedModel;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParityTest {
    private static final double AIM = 1e-5;

    @TempDir
    private Path folder;

    static Stream<NetworkSettings> networks() {
        return Stream.of(
                TinyModel.NETWORK,
                TinyModel.NETWORK.with(ActivationKind.QUERY),
                TinyModel.NETWORK.with(ActivationKind.NONE),
                TinyModel.NETWORK.withMapSteps(0));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void whatIsServedIsWhatWasTrained(NetworkSettings network) {
        Dataset data = TinyModel.data(1);
        TrainedModel trained = TinyModel.train(data, network);
        try (var served = OnnxTasteModel.load(TinyModel.release(trained, data, folder), 1)) {
            double difference = Parity.difference(trained, served, data);
            assertTrue(difference <= AIM, "The scores differ by " + difference + ".");
        }
    }
}

package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.PreferenceNetwork;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"file", "tcp"})
    void twoProcessesTakeTheStepsOfOneAndEndWithItsModel(String scheme) throws IOException, InterruptedException {
        URI place =
                scheme.equals("file") ? folder.resolve("meeting").toUri() : URI.create("tcp://127.0.0.1:" + freePort());
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Process one = PeerProcess.start(place, 0, 2, first);
        Process two = PeerProcess.start(place, 1, 2, second);
        try {
            List<String> alone = PeerProcess.train(Files.createDirectory(folder.resolve("alone")), Peers.NONE);
            List<String> together = PeerProcess.result(one, first);
            assertEquals(together, PeerProcess.result(two, second), "both have the same model");
            assertEquals(alone.size(), together.size());
            for (int i = 0; i < alone.size(); i++) {
                assertClose(alone.get(i), together.get(i));
            }
        } finally {
            one.destroyForcibly();
            two.destroyForcibly();
        }
    }

    /// Sums in another order differ in the last bits, and steps carry that on.
    private static void assertClose(String alone, String together) {
        String[] expected = alone.split(" ");
        String[] found = together.split(" ");
        assertEquals(expected[0], found[0]);
        assertEquals(expected.length, found.length, expected[0]);
        for (int k = 1; k < expected.length; k++) {
            assertEquals(Double.parseDouble(expected[k]), Double.parseDouble(found[k]), 2e-3, expected[0] + ", " + k);
        }
    }

    @Test
    void theSharesOfABatchAddUpToItsLoss() {
        Dataset people = PeerProcess.PEOPLE;
        PreferenceNetwork network = TwoGroups.network(people);
        ItemTable items = network.connector().table(people.items(), new Device("cpu"));
        Batch whole = new Drawing(people.people(), items.meanItem())
                .draw(new SplittableRandom(1), 7, 24, 16, Drawing.prefixes(16));
        double sum = 0;
        for (int rank = 0; rank < 3; rank++) {
            Batch share = whole.share(rank, 3);
            sum += loss(network, items, share) * share.predicting(true) / whole.predicting(true);
        }
        assertEquals(loss(network, items, whole), sum, 1e-5);
    }

    private static double loss(PreferenceNetwork network, ItemTable items, Batch batch) {
        return StageOne.loss(network, items, batch, PeerProcess.PLAN, new SplittableRandom(1), 0)
                .item_float();
    }

    @Test
    void whatCannotBeSharedIsRefused() {
        Batch batch = Batch.ofPeople(PeerProcess.PEOPLE.people().subList(0, 2), 24, 16, Drawing.prefixes(16), 40);
        assertThrows(IllegalArgumentException.class, () -> batch.share(0, 3));
        assertThrows(
                IllegalArgumentException.class,
                () -> Peers.meet(URI.create("ftp://here"), 0, 1, TrainingPlan.Device.CPU));
        assertThrows(
                IllegalArgumentException.class,
                () -> Peers.meet(folder.resolve("meeting").toUri(), 2, 2, TrainingPlan.Device.CPU));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

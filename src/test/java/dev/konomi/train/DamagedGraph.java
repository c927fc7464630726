package dev.konomi.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/// What can befall an exported graph.
final class DamagedGraph {
    private DamagedGraph() {}

    /// Changes one of the longest run of floats of ordinary size: a weight.
    static void flipOneWeight(Path graph) {
        try {
            byte[] bytes = Files.readAllBytes(graph);
            int at = IntStream.iterate(0, i -> i < bytes.length - 64, i -> i + 1)
                    .filter(i -> looksLikeWeights(bytes, i))
                    .findFirst()
                    .orElseThrow();
            bytes[at + 3] ^= (byte) 0x80;
            Files.write(graph, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean looksLikeWeights(byte[] bytes, int at) {
        for (int k = 0; k < 12; k++) {
            int exponent = ((bytes[at + 4 * k + 3] & 0x7f) << 1) | ((bytes[at + 4 * k + 2] & 0x80) >> 7);
            if (exponent < 119 || exponent > 128) {
                return false;
            }
        }
        return true;
    }

    static void cut(Path graph) {
        try {
            byte[] bytes = Files.readAllBytes(graph);
            Files.write(graph, Arrays.copyOf(bytes, bytes.length / 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

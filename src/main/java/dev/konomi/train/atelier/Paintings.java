package dev.konomi.train.atelier;

import dev.konomi.gallery.Painter;
import dev.konomi.gallery.Scene;
import dev.konomi.item.ImageReader;
import dev.konomi.item.Pixels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/// Pictures of random scenes at the encoder's size, painted in order and kept in a file, so that an interrupted run
/// does not paint them again. Each has gone through the same JPEG file and the same reader as a picture in use.
///
/// One thread paints; others may read what [#painted()] says is there.
final class Paintings implements AutoCloseable {
    private final long seed;
    private final int edge;
    private final boolean heldOut;
    private final Scene[] scenes;
    private final FileChannel file;
    private volatile int painted;
    private volatile boolean stopped;

    /// @param heldOut true for held-out combinations only, false for none of them
    Paintings(Path file, long seed, int count, int edge, boolean heldOut) throws IOException {
        this.seed = seed;
        this.edge = edge;
        this.heldOut = heldOut;
        SplittableRandom random = new SplittableRandom(seed);
        scenes = new Scene[count];
        for (int k = 0; k < count; k++) {
            do {
                scenes[k] = Scene.of(random.nextInt(Scene.COUNT));
            } while (scenes[k].heldOut() != heldOut);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        this.file =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        painted = (int) Math.min(count, this.file.size() / bytes());
    }

    int size() {
        return scenes.length;
    }

    /// How many are there to be read.
    int painted() {
        return painted;
    }

    Scene scene(int number) {
        Scene scene = scenes[number];
        if (scene.heldOut() != heldOut) {
            throw new IllegalStateException("a held-out combination among pictures to learn from: " + scene);
        }
        return scene;
    }

    /// Paints all that are missing; after [#stop()] it returns once a whole picture is done.
    void paint(IntConsumer progress) {
        while (painted < scenes.length && !stopped) {
            int number = painted;
            byte[] jpeg = Painter.jpeg(Painter.paint(scenes[number], seed * 1_000_003 + number));
            write(number, ImageReader.read(jpeg, edge).resize(edge).rgb());
            painted = number + 1;
            progress.accept(painted);
        }
    }

    void stop() {
        stopped = true;
    }

    Pixels read(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(bytes());
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, (long) number * bytes() + bytes.position()) < 0) {
                    throw new IOException("painting " + number + " is not in the file yet");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Pixels(edge, edge, bytes.array());
    }

    private void write(int number, byte[] rgb) {
        ByteBuffer bytes = ByteBuffer.wrap(rgb);
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes, (long) number * bytes() + bytes.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int bytes() {
        return 3 * edge * edge;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

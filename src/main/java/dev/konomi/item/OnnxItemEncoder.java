package dev.konomi.item;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.konomi.release.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An encoder whose two graphs run in ONNX Runtime. May be used by several threads at once.
public final class OnnxItemEncoder implements ItemEncoder {
    /// Where the encoder that ships with Konomi stands on the class path.
    public static final String ATELIER = "/dev/konomi/item/atelier";

    private static final int MOST_AT_ONCE = 16;
    private final EncoderManifest manifest;
    private final String digest;
    private final Graph image;
    private final Graph text;

    private OnnxItemEncoder(byte[] manifestJson, ByteBuffer imageModel, ByteBuffer textModel, int threads) {
        manifest = EncoderManifest.read(manifestJson);
        digest = manifest.digest();
        check(EncoderManifest.IMAGE_FILE, imageModel, manifest.imageSha256());
        check(EncoderManifest.TEXT_FILE, textModel, manifest.textSha256());
        image = new Graph(imageModel, threads);
        text = new Graph(textModel, threads);
    }

    /// A graph that is opened when it is first run: whoever only wants to know which encoder this is opens none, and
    /// who
    /// has words alone opens none for pictures.
    private static final class Graph implements AutoCloseable {
        private final ByteBuffer model;
        private final int threads;
        private @Nullable OrtSession session;
        private boolean closed;

        Graph(ByteBuffer model, int threads) {
            this.model = model;
            this.threads = threads;
        }

        synchronized OrtSession session() throws OrtException {
            if (closed) {
                throw new IllegalStateException("The encoder is closed: open another one.");
            }
            OrtSession open = session;
            if (open == null) {
                try (OrtSession.SessionOptions options = OnnxRuntime.options(threads)) {
                    // The arena keeps the largest batch ever seen; batches differ in size.
                    options.setCPUArenaAllocator(false);
                    open = OnnxRuntime.environment().createSession(model, options);
                }
                session = open;
            }
            return open;
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (session != null) {
                try {
                    session.close();
                } catch (OrtException e) {
                    throw new IllegalStateException("The encoder cannot be closed: " + e.getMessage(), e);
                }
                session = null;
            }
        }
    }

    /// The encoder that ships with Konomi.
    ///
    /// @param threads for one batch; several batches may run at once
    public static OnnxItemEncoder atelier(int threads) {
        return fromResources(ATELIER, threads);
    }

    /// @param base absolute name of a folder on the class path
    /// @param threads for one batch
    /// @throws IllegalArgumentException when a file is missing, changed, or refers to other files
    public static OnnxItemEncoder fromResources(String base, int threads) {
        return new OnnxItemEncoder(
                bytes(resource(base, EncoderManifest.FILE)),
                resource(base, EncoderManifest.IMAGE_FILE),
                resource(base, EncoderManifest.TEXT_FILE),
                threads);
    }

    /// @param folder holds the manifest and both graphs
    /// @param threads for one batch
    /// @throws IllegalArgumentException when a file is missing, changed, or refers to other files
    public static OnnxItemEncoder fromFolder(Path folder, int threads) {
        return new OnnxItemEncoder(
                bytes(file(folder, EncoderManifest.FILE)),
                file(folder, EncoderManifest.IMAGE_FILE),
                file(folder, EncoderManifest.TEXT_FILE),
                threads);
    }

    private static ByteBuffer resource(String base, String name) {
        URL found = OnnxItemEncoder.class.getResource(base + "/" + name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "No encoder stands at " + base + " on the class path: " + name + " is missing.");
        }
        if (found.getProtocol().equals("file")) {
            return mapped(Path.of(URI.create(found.toString())));
        }
        try (InputStream in = found.openStream()) {
            byte[] bytes = in.readAllBytes();
            return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static ByteBuffer mapped(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer file(Path folder, String name) {
        Path path = folder.resolve(name);
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("No encoder stands in " + folder + ": " + name + " is missing.");
        }
        return mapped(path);
    }

    private static void check(String name, ByteBuffer model, String expected) {
        String found = Sha256.of(model);
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(
                    "The encoder's %s has SHA-256 %s, its manifest says %s: the file is damaged or of another encoder."
                            .formatted(name, found, expected));
        }
        SelfContainedModel.require(model, name);
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public int width() {
        return manifest.width();
    }

    /// How pictures and words become inputs.
    public EncoderManifest manifest() {
        return manifest;
    }

    @Override
    public List<Encoding> encode(List<ItemContent> items) {
        float[] @Nullable [] images = new float[items.size()][];
        float[] @Nullable [] texts = new float[items.size()][];
        List<Integer> withImage = new ArrayList<>();
        List<Integer> withText = new ArrayList<>();
        for (int k = 0; k < items.size(); k++) {
            if (items.get(k).image() != null) {
                withImage.add(k);
            }
            if (!words(items.get(k)).isBlank()) {
                withText.add(k);
            }
        }
        for (int from = 0; from < withImage.size(); from += MOST_AT_ONCE) {
            List<Integer> part = withImage.subList(from, Math.min(withImage.size(), from + MOST_AT_ONCE));
            List<Pixels> pixels = new ArrayList<>();
            for (int k : part) {
                byte[] file = items.get(k).image();
                if (file != null) {
                    pixels.add(ImageReader.read(file, manifest.edge()));
                }
            }
            scatter(embedPictures(pixels), part, images);
        }
        List<String> words = withText.stream().map(k -> words(items.get(k))).toList();
        scatter(embedTexts(words), withText, texts);
        List<Encoding> encodings = new ArrayList<>(items.size());
        for (int k = 0; k < items.size(); k++) {
            encodings.add(new Encoding(images[k], texts[k]));
        }
        return encodings;
    }

    private static void scatter(List<float[]> from, List<Integer> numbers, float[] @Nullable [] to) {
        for (int k = 0; k < from.size(); k++) {
            to[numbers.get(k)] = from.get(k);
        }
    }

    /// Text and tags as one text.
    private static String words(ItemContent item) {
        List<String> parts = new ArrayList<>();
        String text = item.text();
        if (text != null) {
            parts.add(text);
        }
        parts.addAll(item.tags());
        return String.join(", ", parts);
    }

    /// @param pictures of any size
    /// @return one embedding `[d_e]` a picture
    public List<float[]> embedPictures(List<Pixels> pictures) {
        int edge = manifest.edge();
        List<float[]> embeddings = new ArrayList<>();
        for (int from = 0; from < pictures.size(); from += MOST_AT_ONCE) {
            List<Pixels> part = pictures.subList(from, Math.min(pictures.size(), from + MOST_AT_ONCE));
            float[] values = new float[part.size() * 3 * edge * edge];
            for (int k = 0; k < part.size(); k++) {
                part.get(k).resize(edge).normalise(manifest.mean(), manifest.deviation(), values, k * 3 * edge * edge);
            }
            try (OnnxTensor input = OnnxTensor.createTensor(
                    OnnxRuntime.environment(), FloatBuffer.wrap(values), new long[] {part.size(), edge, edge, 3})) {
                embeddings.addAll(run(image.session(), EncoderManifest.PIXELS, input));
            } catch (OrtException e) {
                throw new IllegalStateException("The encoder failed on pictures: " + e.getMessage(), e);
            }
        }
        return embeddings;
    }

    /// @param texts none of them blank
    /// @return one embedding `[d_e]` a text, in the same space as the pictures'
    public List<float[]> embedTexts(List<String> texts) {
        int length = manifest.tokenizer().length();
        List<float[]> embeddings = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += MOST_AT_ONCE) {
            List<String> part = texts.subList(from, Math.min(texts.size(), from + MOST_AT_ONCE));
            long[] ids = new long[part.size() * length];
            for (int k = 0; k < part.size(); k++) {
                System.arraycopy(manifest.tokenizer().ids(part.get(k)), 0, ids, k * length, length);
            }
            try (OnnxTensor input = OnnxTensor.createTensor(
                    OnnxRuntime.environment(), LongBuffer.wrap(ids), new long[] {part.size(), length})) {
                embeddings.addAll(run(text.session(), EncoderManifest.IDS, input));
            } catch (OrtException e) {
                throw new IllegalStateException("The encoder failed on texts: " + e.getMessage(), e);
            }
        }
        return embeddings;
    }

    private static List<float[]> run(OrtSession session, String name, OnnxTensor input) throws OrtException {
        try (OrtSession.Result result = session.run(Map.of(name, input))) {
            return List.of((float[][]) result.get(0).getValue());
        }
    }

    @Override
    public void close() {
        image.close();
        text.close();
    }
}

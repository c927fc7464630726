package dev.konomi.item;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final OrtEnvironment environment = OnnxRuntime.environment();
    private final OrtSession image;
    private final OrtSession text;

    private OnnxItemEncoder(byte[] manifestJson, byte[] imageModel, byte[] textModel, int threads) {
        manifest = EncoderManifest.read(manifestJson);
        digest = manifest.digest();
        check(EncoderManifest.IMAGE_FILE, imageModel, manifest.imageSha256());
        check(EncoderManifest.TEXT_FILE, textModel, manifest.textSha256());
        try (OrtSession.SessionOptions options = OnnxRuntime.options(threads)) {
            // The arena keeps the largest batch ever seen; batches differ in size.
            options.setCPUArenaAllocator(false);
            image = environment.createSession(imageModel, options);
            try {
                text = environment.createSession(textModel, options);
            } catch (OrtException e) {
                image.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new IllegalStateException("The encoder's graphs cannot be loaded: " + e.getMessage(), e);
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
                resource(base, EncoderManifest.FILE),
                resource(base, EncoderManifest.IMAGE_FILE),
                resource(base, EncoderManifest.TEXT_FILE),
                threads);
    }

    /// @param folder holds the manifest and both graphs
    /// @param threads for one batch
    /// @throws IllegalArgumentException when a file is missing, changed, or refers to other files
    public static OnnxItemEncoder fromFolder(Path folder, int threads) {
        return new OnnxItemEncoder(
                file(folder, EncoderManifest.FILE),
                file(folder, EncoderManifest.IMAGE_FILE),
                file(folder, EncoderManifest.TEXT_FILE),
                threads);
    }

    private static byte[] resource(String base, String name) {
        try (InputStream in = OnnxItemEncoder.class.getResourceAsStream(base + "/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "No encoder stands at " + base + " on the class path: " + name + " is missing.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] file(Path folder, String name) {
        Path path = folder.resolve(name);
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("No encoder stands in " + folder + ": " + name + " is missing.");
        }
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(String name, byte[] model, String expected) {
        String found = EncoderManifest.sha256(model);
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
                    environment, FloatBuffer.wrap(values), new long[] {part.size(), edge, edge, 3})) {
                embeddings.addAll(run(image, EncoderManifest.PIXELS, input));
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
            try (OnnxTensor input =
                    OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), new long[] {part.size(), length})) {
                embeddings.addAll(run(text, EncoderManifest.IDS, input));
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
        try {
            image.close();
            text.close();
        } catch (OrtException e) {
            throw new IllegalStateException("The encoder cannot be closed: " + e.getMessage(), e);
        }
    }
}

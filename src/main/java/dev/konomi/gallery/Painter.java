package dev.konomi.gallery;

import dev.konomi.gallery.painting.Studio;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Paints scenes. The same scene and seed give the same pixels on every run.
public final class Painter {
    /// Side of a picture in pixels.
    public static final int SIDE = 256;

    private static final float JPEG_QUALITY = 0.85f;

    private Painter() {}

    /// The picture of `scene`, 256 × 256 RGB; the seed decides what the scene leaves open.
    public static BufferedImage paint(Scene scene, long seed) {
        return Studio.paint(
                Palette.values()[scene.palette()],
                Style.values()[scene.style()],
                Theme.values()[scene.theme()],
                Composition.values()[scene.composition()],
                Detail.values()[scene.detail()],
                Seed.random(seed, "paint"));
    }

    /// A picture of what the prompt names in English or Japanese; what it does not name is drawn by the seed, unknown
    /// words are ignored.
    public static BufferedImage paint(String prompt, long seed) {
        return paint(Prompt.read(prompt).complete(seed), seed);
    }

    /// A PNG file; lossless, about 60 KB.
    public static byte[] png(BufferedImage image) {
        return encode(image, "png", 0.5f);
    }

    /// A JPEG file; about 15 KB.
    public static byte[] jpeg(BufferedImage image) {
        return encode(image, "jpeg", JPEG_QUALITY);
    }

    private static byte[] encode(BufferedImage image, String format, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}

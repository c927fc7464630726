package dev.konomi.item;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// A small JPEG file of an image that anybody may have sent, without its metadata.
final class Thumbnail {
    /// The longest side, in pixels.
    static final int EDGE = 96;

    private static final float QUALITY = 0.75f;

    private Thumbnail() {}

    /// @param image encoded bytes
    /// @return a JPEG file in the image's proportions, never larger than the image
    /// @throws ImageRefused as [ImageReader#read] does
    static byte[] of(byte[] image) {
        Pixels pixels = ImageReader.read(image, EDGE);
        // Decoding may have thinned each axis by itself: only the header knows the proportions.
        ImageHeader header = ImageHeader.of(image);
        double scale = Math.min(1, (double) EDGE / Math.max(header.width(), header.height()));
        int width = Math.max(1, (int) Math.round(header.width() * scale));
        int height = Math.max(1, (int) Math.round(header.height() * scale));
        return jpeg(pixels.resize(width, height));
    }

    private static byte[] jpeg(Pixels pixels) {
        BufferedImage picture = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = pixels.rgb();
        int[] values = new int[pixels.width() * pixels.height()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | (rgb[3 * i + 2] & 0xFF);
        }
        picture.setRGB(0, 0, pixels.width(), pixels.height(), values, 0, pixels.width());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("A thumbnail could not be written.", e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}

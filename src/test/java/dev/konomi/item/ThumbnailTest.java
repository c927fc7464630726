package dev.konomi.item;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.gallery.Painter;
import dev.konomi.gallery.Scene;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ThumbnailTest {
    @Test
    void isASmallJpegInTheImagesProportions() throws IOException {
        for (int[] size : new int[][] {{256, 256}, {640, 200}, {30, 1000}, {2000, 1}, {50, 40}}) {
            Pixels small = ImageReader.read(Thumbnail.of(plain(size[0], size[1])), Thumbnail.EDGE);
            double scale = Math.min(1, 96.0 / Math.max(size[0], size[1]));
            assertEquals(Math.max(1, Math.round(size[0] * scale)), small.width());
            assertEquals(Math.max(1, Math.round(size[1] * scale)), small.height());
            assertEquals(200, small.rgb()[0] & 0xFF, 6);
            assertEquals(40, small.rgb()[1] & 0xFF, 6);
        }
    }

    @Test
    void ofAPaintingHasAFewKilobytes() {
        for (int i = 0; i < 5; i++) {
            byte[] file = Thumbnail.of(Painter.png(Painter.paint(Scene.of(997 * i), i)));
            assertTrue(file.length < 8_000, file.length + " bytes");
        }
    }

    @Test
    void anUnreadableImageIsRefused() {
        assertThrows(ImageRefused.class, () -> Thumbnail.of("no image".getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] plain(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(200, 40, 90));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", file)) {
            throw new AssertionError("no PNG writer");
        }
        return file.toByteArray();
    }
}

package dev.konomi.gallery;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Many pictures on one sheet.
public final class ContactSheet {
    private ContactSheet() {}

    /// Writes the picture of the README: every theme once, every style and palette twice, every composition three
    /// times.
    /// Run it as `java -cp target/classes dev.konomi.gallery.ContactSheet docs/images/gallery.png`.
    ///
    /// @param arguments the file to write
    /// @throws IOException if the file cannot be written
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("give the one file to write, not " + arguments.length);
        }
        List<BufferedImage> pictures = new ArrayList<>();
        for (int theme = 0; theme < Attribute.THEME.size(); theme++) {
            int palette = (theme * 7 + theme / 12 * 3 + 1) % 12;
            int composition = (theme * 3 + theme / 8) % 8;
            Scene scene = new Scene(palette, theme * 5 % 12, theme, composition, 1 + theme % 2);
            pictures.add(Painter.paint(scene, 40 + theme));
        }
        Path file = Path.of(arguments[0]);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, Painter.png(coarser(of(pictures, 8, 112, 4))));
    }

    /// Fewer shades of each channel, so that the PNG file is half as large.
    private static BufferedImage coarser(BufferedImage sheet) {
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                int colour = sheet.getRGB(x, y);
                sheet.setRGB(x, y, colour & 0xF8F8F8 | (colour & 0xE0E0E0) >> 5);
            }
        }
        return sheet;
    }

    /// The pictures in rows, each `side` pixels wide, with `gap` pixels of white between and around them.
    ///
    /// @throws IllegalArgumentException if there is no picture or no column
    public static BufferedImage of(List<BufferedImage> pictures, int columns, int side, int gap) {
        if (pictures.isEmpty() || columns < 1) {
            throw new IllegalArgumentException("a sheet of " + pictures.size() + " pictures in " + columns
                    + " columns: give at least one of each");
        }
        int rows = Math.ceilDiv(pictures.size(), columns);
        int step = side + gap;
        BufferedImage sheet = new BufferedImage(columns * step + gap, rows * step + gap, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < pictures.size(); i++) {
            int x = gap + i % columns * step;
            int y = gap + i / columns * step;
            graphics.drawImage(pictures.get(i), x, y, side, side, null);
        }
        graphics.dispose();
        return sheet;
    }
}

package dev.konomi.gallery;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/// Many pictures on one sheet.
public final class ContactSheet {
    private ContactSheet() {}

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

package dev.konomi.gallery.painting;

import dev.konomi.gallery.Composition;
import dev.konomi.gallery.Detail;
import dev.konomi.gallery.Theme;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The shapes of a picture from back to front, without style or colours.
///
/// @param patches the shapes
/// @param layout where the subject stands
record Sketch(List<Patch> patches, Layout layout) {
    /// Side of a picture in pixels.
    static final int SIDE = 256;

    static Sketch of(Theme theme, Composition composition, Detail detail, SplittableRandom random) {
        Layout layout = Layout.of(composition, random.split());
        AffineTransform picture = AffineTransform.getScaleInstance(SIDE, SIDE);
        picture.rotate(Math.toRadians(layout.tilt()), 0.5, 0.5);
        Pen pen = new Pen(random.split());
        new Backdrop(pen, layout, detail, theme).draw(picture);
        AffineTransform subject = new AffineTransform(picture);
        subject.translate(layout.x(), layout.base());
        subject.scale(layout.size() / 100, layout.size() / 100);
        if (random.nextBoolean()) {
            subject.scale(-1, 1);
        }
        pen.place(Patch.Plane.SUBJECT, subject);
        Subjects.draw(theme, pen, detail);
        List<Patch> patches = pen.patches();
        if (composition == Composition.REFLECTION) {
            patches = mirrored(patches, layout.base() * SIDE + 6);
        }
        if (composition == Composition.FRAMED) {
            Pen framing = new Pen(random.split());
            framing.place(Patch.Plane.FRAME, AffineTransform.getScaleInstance(SIDE, SIDE));
            Frame.draw(framing, detail);
            patches = new ArrayList<>(patches);
            patches.addAll(framing.patches());
        }
        return new Sketch(List.copyOf(patches), layout);
    }

    /// Everything above `shore`, and again upside down and darker below it.
    private static List<Patch> mirrored(List<Patch> patches, double shore) {
        Rectangle2D above = new Rectangle2D.Double(0, 0, SIDE, shore);
        Rectangle2D below = new Rectangle2D.Double(0, shore, SIDE, SIDE - shore);
        AffineTransform flip = new AffineTransform(1, 0, 0, -0.84, 0, 1.84 * shore);
        List<Patch> all = new ArrayList<>();
        patches.forEach(patch -> all.add(patch.clipped(above)));
        for (Patch patch : patches) {
            all.add(new Patch(
                    flip.createTransformedShape(patch.shape()),
                    patch.tone(),
                    Math.clamp(patch.shade() - 0.3, -1, 1),
                    patch.fadesTo(),
                    below,
                    patch.plane(),
                    patch.line()));
        }
        for (int ripple = 0; ripple < 7; ripple++) {
            double y = shore + 3 + ripple * ripple * 2.4;
            double width = 40 + 14 * ripple;
            double x = 128 + (ripple % 2 == 0 ? -1 : 1) * (20 + 9 * ripple) - width / 2;
            all.add(new Patch(
                    new Rectangle2D.Double(x, y, width, 1.6), Tone.LIGHT, -0.05, null, below, Patch.Plane.FRAME, true));
        }
        return all;
    }
}

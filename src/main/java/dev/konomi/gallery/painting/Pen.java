package dev.konomi.gallery.painting;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Collects the shapes of a sketch, in the coordinates of the thing that is being drawn.
final class Pen {
    /// A stroke of this many pixels and more is an area with contours of its own.
    private static final double THIN = 4;

    private final List<Patch> patches = new ArrayList<>();
    private final SplittableRandom random;
    private AffineTransform transform = new AffineTransform();
    private Patch.Plane plane = Patch.Plane.SKY;

    Pen(SplittableRandom random) {
        this.random = random;
    }

    List<Patch> patches() {
        return patches;
    }

    /// From here on coordinates mean this.
    void place(Patch.Plane newPlane, AffineTransform newTransform) {
        plane = newPlane;
        transform = new AffineTransform(newTransform);
    }

    /// Draws a part in coordinates that are moved, turned and sized within the present ones.
    void within(double x, double y, double scale, double degrees, Runnable part) {
        AffineTransform before = transform;
        transform = new AffineTransform(before);
        transform.translate(x, y);
        transform.rotate(Math.toRadians(degrees));
        transform.scale(scale, scale);
        part.run();
        transform = before;
    }

    void fill(Tone tone, double shade, Shape shape) {
        fill(tone, shade, null, shape);
    }

    void fill(Tone tone, double shade, @Nullable Tone fadesTo, Shape shape) {
        add(tone, shade, fadesTo, shape, false);
    }

    private void add(Tone tone, double shade, @Nullable Tone fadesTo, Shape shape, boolean line) {
        Shape placed = transform.createTransformedShape(shape);
        patches.add(new Patch(placed, tone, shade, fadesTo, null, plane, line));
    }

    void ellipse(Tone tone, double shade, double x, double y, double rx, double ry) {
        fill(tone, shade, new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry));
    }

    void rectangle(Tone tone, double shade, double left, double top, double right, double bottom) {
        fill(tone, shade, new Rectangle2D.Double(left, top, right - left, bottom - top));
    }

    /// The upper half of an ellipse whose flat side is at `y`.
    void dome(Tone tone, double shade, double x, double y, double rx, double ry) {
        fill(tone, shade, new Arc2D.Double(x - rx, y - ry, 2 * rx, 2 * ry, 0, 180, Arc2D.CHORD));
    }

    void polygon(Tone tone, double shade, double... points) {
        fill(tone, shade, polyline(points, true));
    }

    /// A path in the letters of SVG: absolute `M`, `L`, `Q`, `C` and `Z`.
    void path(Tone tone, double shade, String path) {
        fill(tone, shade, parse(path));
    }

    void line(Tone tone, double shade, double width, double... points) {
        stroke(tone, shade, width, polyline(points, false));
    }

    void curve(Tone tone, double shade, double width, String path) {
        stroke(tone, shade, width, parse(path));
    }

    void ring(Tone tone, double shade, double width, double x, double y, double rx, double ry) {
        stroke(tone, shade, width, new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry));
    }

    void stroke(Tone tone, double shade, double width, Shape shape) {
        BasicStroke stroke = new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        double pixels = width * Math.sqrt(Math.abs(transform.getDeterminant()));
        add(tone, shade, null, stroke.createStrokedShape(shape), pixels < THIN);
    }

    /// Evenly from `low` to `high`.
    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /// From `low` to `high`, both included.
    int count(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private static Path2D polyline(double[] points, boolean closed) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        if (closed) {
            path.closePath();
        }
        return path;
    }

    private static Path2D parse(String text) {
        Path2D path = new Path2D.Double();
        PathReader reader = new PathReader(text);
        while (reader.next()) {
            double[] p = reader.points();
            switch (reader.command()) {
                case 'M' -> path.moveTo(p[0], p[1]);
                case 'L' -> path.lineTo(p[0], p[1]);
                case 'Q' -> path.quadTo(p[0], p[1], p[2], p[3]);
                case 'C' -> path.curveTo(p[0], p[1], p[2], p[3], p[4], p[5]);
                default -> path.closePath();
            }
        }
        return path;
    }
}

package dev.konomi.train.atelier.procedural;

/// What a picture is made as.
public enum Kind {
    CLOUDS(Family.TEXTURE),
    MARBLE(Family.TEXTURE),
    WOOD(Family.TEXTURE),
    STRIPES(Family.TEXTURE),
    CHECKS(Family.TEXTURE),
    DOTS(Family.TEXTURE),
    BRICKS(Family.TEXTURE),
    CELLS(Family.TEXTURE),
    WEAVE(Family.TEXTURE),
    GRADIENT(Family.TEXTURE),
    DISCS(Family.SHAPES),
    RINGS(Family.SHAPES),
    SQUARES(Family.SHAPES),
    TRIANGLES(Family.SHAPES),
    STARS(Family.SHAPES),
    CROSSES(Family.SHAPES),
    STROKES(Family.SHAPES),
    HILLS(Family.SCENERY),
    SEA(Family.SCENERY),
    SKYLINE(Family.SCENERY),
    FOREST(Family.SCENERY),
    ROOM(Family.SCENERY),
    FACE(Family.SCENERY);

    /// How many there are.
    public static final int COUNT = 23;

    private final Family family;

    Kind(Family family) {
        this.family = family;
    }

    /// What paints it.
    Family family() {
        return family;
    }

    enum Family {
        TEXTURE,
        SHAPES,
        SCENERY
    }
}

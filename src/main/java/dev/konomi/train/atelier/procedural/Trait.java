package dev.konomi.train.atelier.procedural;

/// What a picture was made from, as numbers of about −1 to 1; not every kind has every trait.
public enum Trait {
    /// Size of what repeats, from fine to coarse.
    SCALE,
    /// Cosine of twice the angle that a pattern runs at.
    ALONG_X,
    /// Sine of the same.
    ALONG_DIAGONAL,
    /// From strict to irregular.
    IRREGULARITY,
    /// Distance of the lightest colour from the darkest.
    CONTRAST,
    /// Cosine of the ground's hue.
    HUE_X,
    /// Sine of the same.
    HUE_Y,
    /// From grey to pure colour.
    SATURATION,
    /// From one hue to hues all around the circle.
    VARIETY,
    /// How many shapes, from one to many, by logarithm.
    NUMBER,
    /// From shapes close to the middle to shapes all over.
    SPREAD,
    /// 1 where the left half mirrors the right, else −1.
    SYMMETRY,
    /// Height of the horizon, or of the head in a portrait.
    HORIZON,
    /// From night to bright day.
    DAYLIGHT,
    /// Where the light comes from: left to right.
    LIGHT_FROM,
    /// From clear to lost in haze.
    HAZE,
    /// From smooth to rough outlines.
    ROUGHNESS;

    /// How many there are.
    public static final int COUNT = 17;
}

package dev.konomi.gallery;

/// What a picture shows, as one value of each attribute.
///
/// @param palette number of a [Palette]
/// @param style number of a [Style]
/// @param theme number of a [Theme]
/// @param composition number of a [Composition]
/// @param detail number of a [Detail]
public record Scene(int palette, int style, int theme, int composition, int detail) {
    /// The number of different scenes.
    public static final int COUNT = 12 * 12 * 24 * 8 * 3;

    /// One combination in this many is kept for testing.
    private static final int HELD_OUT_ONE_IN = 5;

    /// @throws IllegalArgumentException if a value is outside its attribute
    public Scene {
        check(Attribute.PALETTE, palette);
        check(Attribute.STYLE, style);
        check(Attribute.THEME, theme);
        check(Attribute.COMPOSITION, composition);
        check(Attribute.DETAIL, detail);
    }

    /// The scene with this [#index()].
    ///
    /// @throws IllegalArgumentException unless `0 <= index < COUNT`
    public static Scene of(int index) {
        if (index < 0 || index >= COUNT) {
            throw new IllegalArgumentException(
                    "there is no scene " + index + ": give a number from 0 to " + (COUNT - 1));
        }
        int rest = index;
        int detail = rest % 3;
        rest /= 3;
        int composition = rest % 8;
        rest /= 8;
        int theme = rest % 24;
        rest /= 24;
        return new Scene(rest / 12, rest % 12, theme, composition, detail);
    }

    public static Scene of(Palette palette, Style style, Theme theme, Composition composition, Detail detail) {
        return new Scene(palette.ordinal(), style.ordinal(), theme.ordinal(), composition.ordinal(), detail.ordinal());
    }

    /// This scene's number, detail running fastest and palette slowest.
    public int index() {
        return (((palette * 12 + style) * 24 + theme) * 8 + composition) * 3 + detail;
    }

    /// The number of this scene's value of `attribute`.
    public int value(Attribute attribute) {
        return switch (attribute) {
            case PALETTE -> palette;
            case STYLE -> style;
            case THEME -> theme;
            case COMPOSITION -> composition;
            case DETAIL -> detail;
        };
    }

    /// This scene with another value of `attribute`.
    public Scene with(Attribute attribute, int value) {
        return new Scene(
                attribute == Attribute.PALETTE ? value : palette,
                attribute == Attribute.STYLE ? value : style,
                attribute == Attribute.THEME ? value : theme,
                attribute == Attribute.COMPOSITION ? value : composition,
                attribute == Attribute.DETAIL ? value : detail);
    }

    public Term term(Attribute attribute) {
        return attribute.term(value(attribute));
    }

    /// True for about one combination in five, always the same: nothing may be trained on them.
    public boolean heldOut() {
        return Math.floorMod(Seed.mix(0x5EED_0DD5L + index()), HELD_OUT_ONE_IN) == 0;
    }

    private static void check(Attribute attribute, int value) {
        if (value < 0 || value >= attribute.size()) {
            throw new IllegalArgumentException("there is no " + attribute.name().toLowerCase(java.util.Locale.ROOT)
                    + " " + value + ": give a number from 0 to " + (attribute.size() - 1));
        }
    }
}

package dev.konomi.gallery;

import java.util.List;

/// A scheme of eight colours: sky above, sky at the horizon, far, middle and near ground, the subject's body, its
/// trim, and a light; and two for drawing: ink and paper. All are `0xRRGGBB`.
public enum Palette implements Term {
    EMBER(
            "ember red|fiery red|glowing embers",
            "燃える赤|紅蓮",
            0x5B1020,
            0xF2602B,
            0x9C2230,
            0x6E1826,
            0x3D0E1A,
            0xF6A02C,
            0xD7263D,
            0xFFE08A),
    OCEAN(
            "ocean blue|deep blue|sea blue",
            "海の青|青色",
            0x1B6CA8,
            0xA9DCEB,
            0x4C9CC4,
            0x24789F,
            0x0F4C75,
            0xF5F9FA,
            0x1B3A6B,
            0xFFF4C2),
    MOSS(
            "mossy green|leaf green|green",
            "苔の緑|緑色",
            0x8DB580,
            0xE2EFC5,
            0x77A069,
            0x4E7D4B,
            0x2B5536,
            0xDDE26A,
            0x3A6B35,
            0xFBFCE0),
    BLOSSOM(
            "cherry pink|blossom pink|pink",
            "桜色|ピンク色",
            0xF6A8C0,
            0xFFE6EC,
            0xEE94B2,
            0xD96C93,
            0xA8456F,
            0xFFF3F6,
            0xD63A74,
            0xFFF8D9),
    MIDNIGHT(
            "midnight blue|navy and gold|indigo night",
            "真夜中の藍|紺と金",
            0x0B1033,
            0x2B3A7E,
            0x222C66,
            0x182050,
            0x0A0E2C,
            0xF2C14E,
            0x6C7BD0,
            0xFFE9A8),
    SAND(
            "sandy ochre|sandy beige|ochre",
            "砂色|黄土色",
            0xE9D3A7,
            0xF9ECD2,
            0xD4B27C,
            0xB98D55,
            0x8C6239,
            0xFFF8EA,
            0x9A5B2E,
            0xFFFDF3),
    MONOCHROME(
            "black and white|monochrome|grey",
            "白黒|モノクロ",
            0x9FA3A7,
            0xE6E7E8,
            0xB4B7BA,
            0x7F8387,
            0x4A4D50,
            0xF7F7F7,
            0x1F2022,
            0xFFFFFF),
    CITRUS(
            "lemon and orange|citrus|bright yellow",
            "レモン色|柑橘色",
            0xFFD23F,
            0xFFF3B0,
            0xF9B233,
            0xF28C1E,
            0xC8600A,
            0x7FB800,
            0xF25C05,
            0xFFFDE0),
    LAVENDER(
            "lavender purple|violet|purple",
            "ラベンダー色|紫色",
            0x8E7CC3,
            0xE7DDF6,
            0xA28FD0,
            0x7A5FB5,
            0x4B3580,
            0xF7EEFF,
            0x6A2C91,
            0xFFF5C8),
    MINT(
            "icy mint|mint and white|pale mint",
            "ミント色|氷の色",
            0xA9E5DA,
            0xF0FBF8,
            0x8FD3C8,
            0x5FB8AE,
            0x2F8F8B,
            0xFFFFFF,
            0x17A398,
            0xFFF9E3),
    RETRO(
            "teal and orange|retro colours|retro colors",
            "レトロな配色|青緑とオレンジ",
            0x2A9D8F,
            0xF4E3B2,
            0x5FB3A1,
            0x287271,
            0x264653,
            0xE76F51,
            0xF4A261,
            0xFFF1D0),
    CANDY(
            "candy colours|candy colors|magenta and turquoise",
            "キャンディカラー|マゼンタと水色",
            0x5CE1E6,
            0xFFD6F3,
            0x9B8CFF,
            0xFF6EC7,
            0xC9279E,
            0xFFE94E,
            0x5B2BE0,
            0xFFFFFF);

    private final List<String> english;
    private final List<String> japanese;
    private final int[] colours;

    Palette(String english, String japanese, int... colours) {
        this.english = Term.split(english);
        this.japanese = Term.split(japanese);
        this.colours = colours;
    }

    @Override
    public List<String> words(Language language) {
        return language == Language.ENGLISH ? english : japanese;
    }

    @Override
    public Attribute attribute() {
        return Attribute.PALETTE;
    }

    /// The colour at `number` of sky, horizon, far, middle, near, body, trim, light.
    public int colour(int number) {
        return colours[number];
    }
}

package dev.konomi.gallery.painting;

/// What a colour is for. The first eight are a palette's own colours, in its order; the last is derived from them.
enum Tone {
    SKY,
    HORIZON,
    FAR,
    MIDDLE,
    NEAR,
    BODY,
    TRIM,
    LIGHT,
    INK
}

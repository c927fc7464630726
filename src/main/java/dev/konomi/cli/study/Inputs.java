package dev.konomi.cli.study;

/// What a model is told of a picture.
enum Inputs {
    /// the encoder's tokens of image and prompt
    BOTH,
    /// that of the image
    IMAGE,
    /// that of the prompt
    TEXT,
    /// what the picture really shows, which no encoder knows
    ATTRIBUTES
}

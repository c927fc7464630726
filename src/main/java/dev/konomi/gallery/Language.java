package dev.konomi.gallery;

/// The languages that prompts are written in.
public enum Language {
    ENGLISH,
    JAPANESE
}

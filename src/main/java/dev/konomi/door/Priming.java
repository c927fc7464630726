package dev.konomi.door;

/// Told before a snapshot is taken of a started process: whoever has something to load that every later process would
/// load again does it now. Nothing is stored, and nothing is kept that ages: neither connections nor credentials.
///
/// @param function the one that this process answers; others have nothing to load
/// @param tenant whom it works for
public record Priming(String function, String tenant) {}

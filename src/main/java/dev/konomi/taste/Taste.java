package dev.konomi.taste;

/// A person's taste under a release: `h_u = h_own + Σ a_m p_m`.
///
/// @param vector `h_u`, `[G]`
/// @param own `h_own`, `[G]`: what no token explains
/// @param activations `a`, `[M]`, sums to 1
public record Taste(float[] vector, float[] own, float[] activations) {}

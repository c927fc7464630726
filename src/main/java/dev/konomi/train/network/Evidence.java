package dev.konomi.train.network;

import org.bytedeco.pytorch.Tensor;

/// Histories as the network reads them: n observations of B people, each a difference between a preferred item and
/// another one (for an opinion: the mean item), counted Q times with other weights (Q prefixes of one history).
///
/// @param difference `d_i = g(preferred) − g(other)`, `[B, n, G]`
/// @param appeal `β_i = b(preferred) − b(other)`, `[B, n]`
/// @param opinion 1 for an opinion, 0 for a choice, `[B, n]`
/// @param weight `[B, Q, n]`; 0 removes an observation
/// @param age days before the newest observation of the history, `[B, Q, n]`, never rising along n; that of a removed
///   observation is the one before's
public record Evidence(Tensor difference, Tensor appeal, Tensor opinion, Tensor weight, Tensor age) {}

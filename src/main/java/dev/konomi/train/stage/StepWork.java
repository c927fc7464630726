package dev.konomi.train.stage;

/// How much a training step does; means over the batches that were drawn.
///
/// @param parameters numbers that the step trains
/// @param events observations it reads as history
/// @param tokens positions that it computes: those of sequences, or the items that the late head
///     reads
/// @param flops floating-point operations of its products of matrices, gradients included
public record StepWork(long parameters, double events, double tokens, double flops) {}

package dev.konomi.train.network;

import org.bytedeco.pytorch.Tensor;

/// A data set's items, whitened once. Row `meanItem` stands for the training catalogue's mean item: an opinion is a
/// choice between an item and that one.
///
/// @param image `[N + 1, D]`
/// @param text `[N + 1, D]`
/// @param presence `[N + 1, 3]`, row-major: both, image only, text only; all zero for the mean item
/// @param meanItem N
public record ItemTable(Tensor image, Tensor text, float[] presence, int meanItem) {}

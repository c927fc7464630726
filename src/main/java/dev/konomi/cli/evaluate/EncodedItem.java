package dev.konomi.cli.evaluate;

import dev.konomi.item.Encoding;
import org.jspecify.annotations.Nullable;

/// All that is computed of an item once.
///
/// @param encoding by the encoder
/// @param colours histogram of its image, or null without one
/// @param statistics of its image, or null without one
record EncodedItem(Encoding encoding, float @Nullable [] colours, float @Nullable [] statistics) {}

/// The preference model in libtorch; its tensors leave only through train.export.
@NullMarked
package dev.konomi.train.network;

import org.jspecify.annotations.NullMarked;

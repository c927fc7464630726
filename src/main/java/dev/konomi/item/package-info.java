/// An image and its words, read safely and turned into encodings.
@NullMarked
package dev.konomi.item;

import org.jspecify.annotations.NullMarked;

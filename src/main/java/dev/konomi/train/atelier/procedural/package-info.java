/// Pictures made by formulas, with what they were made from: what the encoder learns beside the gallery.
@NullMarked
package dev.konomi.train.atelier.procedural;

import org.jspecify.annotations.NullMarked;

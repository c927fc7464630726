/// Training of the encoder that ships with Konomi.
@NullMarked
package dev.konomi.train.atelier;

import org.jspecify.annotations.NullMarked;

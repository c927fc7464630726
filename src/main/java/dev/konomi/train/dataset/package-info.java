/// Training data as the recipe reads it: encodings once, people as ordered observations.
@NullMarked
package dev.konomi.train.dataset;

import org.jspecify.annotations.NullMarked;

/// What each part of the model is worth: one training for each variant and world, kept as small files and read back.
@NullMarked
package dev.konomi.cli.study;

import org.jspecify.annotations.NullMarked;

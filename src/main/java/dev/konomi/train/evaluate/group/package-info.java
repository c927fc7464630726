/// Whether tokens are groups: how well what was found agrees with groups that are known.
@NullMarked
package dev.konomi.train.evaluate.group;

import org.jspecify.annotations.NullMarked;

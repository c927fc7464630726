/// How a release's tokens descend from those before: a fixed panel of histories, and tokens matched by behaviour on it.
@NullMarked
package dev.konomi.train.lineage;

import org.jspecify.annotations.NullMarked;

/// Small dense systems that need no tensor library.
@NullMarked
package dev.konomi.train.algebra;

import org.jspecify.annotations.NullMarked;

/// The readable training recipe, from data to a published release.
@NullMarked
package dev.konomi.train;

import org.jspecify.annotations.NullMarked;

/// A prompt and a person → words that the person's taste adds, for generators of images.
@NullMarked
package dev.konomi.guide;

import org.jspecify.annotations.NullMarked;

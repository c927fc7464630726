/// A painter that makes images from prompts, and simulated people whose tastes are known exactly.
@NullMarked
package dev.konomi.gallery;

import org.jspecify.annotations.NullMarked;

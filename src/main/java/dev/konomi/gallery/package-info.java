/// A painter that makes images from prompts, and simulated people with tastes.
@NullMarked
package dev.konomi.gallery;

import org.jspecify.annotations.NullMarked;

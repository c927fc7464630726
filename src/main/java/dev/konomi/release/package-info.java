/// Trained, published, loaded: releases, their manifest, and the object store they lie in.
@NullMarked
package dev.konomi.release;

import org.jspecify.annotations.NullMarked;

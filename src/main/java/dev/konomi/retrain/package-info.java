/// When to train.
@NullMarked
package dev.konomi.retrain;

import org.jspecify.annotations.NullMarked;

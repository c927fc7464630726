/// The two stages of training, their losses, seeds and checkpoints.
@NullMarked
package dev.konomi.train.stage;

import org.jspecify.annotations.NullMarked;

/// The model in sequence in libtorch: a Llama-style decoder over history, preference tokens and
/// target, and its training.
@NullMarked
package dev.konomi.train.network.sequence;

import org.jspecify.annotations.NullMarked;

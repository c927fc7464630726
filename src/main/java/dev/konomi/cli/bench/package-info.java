/// What scoring and training cost on this machine: both heads, with and without caches, beside
/// PyTorch.
@NullMarked
package dev.konomi.cli.bench;

import org.jspecify.annotations.NullMarked;

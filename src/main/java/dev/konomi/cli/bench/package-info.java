/// What serving costs on this machine: both heads, with and without caches.
@NullMarked
package dev.konomi.cli.bench;

import org.jspecify.annotations.NullMarked;

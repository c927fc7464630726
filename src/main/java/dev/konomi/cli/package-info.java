/// The commands of ./konomi.
@NullMarked
package dev.konomi.cli;

import org.jspecify.annotations.NullMarked;

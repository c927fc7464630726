/// What a simulated world, whose truth is known, tells about a release beyond its accuracy.
@NullMarked
package dev.konomi.cli.measure;

import org.jspecify.annotations.NullMarked;

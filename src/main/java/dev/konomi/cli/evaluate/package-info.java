/// Judging Konomi on anybody's ratings: reading them, splitting their people, training, asking,
/// telling.
@NullMarked
package dev.konomi.cli.evaluate;

import org.jspecify.annotations.NullMarked;

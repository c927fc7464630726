/// What a command found out, as people and programs read it.
@NullMarked
package dev.konomi.report;

import org.jspecify.annotations.NullMarked;

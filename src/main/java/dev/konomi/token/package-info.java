/// Preference tokens as people see them: names, edits, segments.
@NullMarked
package dev.konomi.token;

import org.jspecify.annotations.NullMarked;

/// Preference tokens as people see them: named, with typical items, in a release's `tokens.json`.
@NullMarked
package dev.konomi.token;

import org.jspecify.annotations.NullMarked;

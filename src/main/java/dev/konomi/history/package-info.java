/// What was known of a person at a time: ordered, as-of, free of leakage.
@NullMarked
package dev.konomi.history;

import org.jspecify.annotations.NullMarked;

/// A question about a person's taste and its answer: scores, tokens, live models.
@NullMarked
package dev.konomi.taste;

import org.jspecify.annotations.NullMarked;

/// What happened: taste events, what each says about a person's taste, and where they are kept.
@NullMarked
package dev.konomi.event;

import org.jspecify.annotations.NullMarked;

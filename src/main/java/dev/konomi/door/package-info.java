/// How calls come in and answers go out: one payload, many transports.
@NullMarked
package dev.konomi.door;

import org.jspecify.annotations.NullMarked;

/// Bringing what happened elsewhere: reading files of events and sending them through the
/// functions.
@NullMarked
package dev.konomi.cli.load;

import org.jspecify.annotations.NullMarked;

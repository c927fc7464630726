/// The whole loop with simulated people, driven from outside: everything goes through the functions over HTTP.
@NullMarked
package dev.konomi.cli.pilot;

import org.jspecify.annotations.NullMarked;

/// Whether the likes that are named as reasons for a score are what the score rests on.
@NullMarked
package dev.konomi.train.evaluate.reason;

import org.jspecify.annotations.NullMarked;

/// What Konomi has to beat: rankers that are known to work, each of them told what people like in
/// general.
@NullMarked
package dev.konomi.train.evaluate.baseline;

import org.jspecify.annotations.NullMarked;

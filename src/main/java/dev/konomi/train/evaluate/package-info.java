/// How good a model is: protocol, baselines, paired intervals, the gate.
@NullMarked
package dev.konomi.train.evaluate;

import org.jspecify.annotations.NullMarked;

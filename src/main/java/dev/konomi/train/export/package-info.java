/// ONNX graphs written from trained parameters, and the check that both agree.
@NullMarked
package dev.konomi.train.export;

import org.jspecify.annotations.NullMarked;

/// How a scene becomes a picture: a backdrop and a subject are sketched as shapes, and a style renders the sketch.
@NullMarked
package dev.konomi.gallery.painting;

import org.jspecify.annotations.NullMarked;

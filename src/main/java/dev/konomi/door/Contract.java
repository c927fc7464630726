package dev.konomi.door;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a function takes and gives, for the description of Konomi at `/q/openapi`.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Contract {
    /// What the function does, in a sentence; `functions.yaml` says the same.
    String does();

    /// The record that a payload is bound to.
    Class<?> takes();

    /// Where a list of such records is taken too, by itself or in an object: that object's field.
    String batch() default "";

    /// The record that the function answers with.
    Class<?> gives();

    /// On a component of a record that holds unread JSON: the record that each element is bound to.
    @Documented
    @Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Element {
        /// The element's record.
        Class<?> value();
    }
}

package dev.konomi.train.dataset;

import dev.konomi.history.Observation;
import java.util.List;

/// One person's observations in the order they happened.
///
/// @param id surrogate id
/// @param observations ordered by time; items are indices into the data set
public record Person(long id, List<Observation> observations) {
    public Person {
        observations = List.copyOf(observations);
    }
}

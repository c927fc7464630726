package dev.konomi.cli.study;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Catalogue;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemEncoder;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import java.util.List;
import java.util.stream.IntStream;

/// Pictures beside what the frozen encoder sees in them.
///
/// @param encodings one a picture, by number
/// @param encoder that made them
record EncodedCatalogue(Catalogue catalogue, List<Encoding> encodings, ItemEncoder encoder) {
    EncodedCatalogue {
        encodings = List.copyOf(encodings);
    }

    /// @param inputs what is told of each picture
    /// @param people whose choices are among these pictures; none where they are only to be ranked
    Dataset dataset(Inputs inputs, List<Person> people) {
        boolean attributes = inputs == Inputs.ATTRIBUTES;
        return new Dataset(
                attributes ? "attributes" : encoder.digest(),
                attributes ? Attribute.VALUES : encoder.width(),
                IntStream.range(0, catalogue.size())
                        .mapToObj(i -> inputs.of(catalogue.picture(i), encodings.get(i)))
                        .toList(),
                people);
    }
}

package dev.konomi.train.dataset;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import java.util.List;
import java.util.TreeSet;

/// What a model is trained and judged on. People are split, never rows.
///
/// @param encoderDigest the encoder all encodings come from
/// @param width `d_e`, the encodings' width
/// @param statistics how many of the last columns are statistics of the picture
/// @param items every item once
/// @param people everybody's observations over these items
public record Dataset(String encoderDigest, int width, int statistics, List<Encoding> items, List<Person> people) {
    /// Without statistics.
    public Dataset(String encoderDigest, int width, List<Encoding> items, List<Person> people) {
        this(encoderDigest, width, 0, items, people);
    }

    public Dataset {
        items = List.copyOf(items);
        people = List.copyOf(people);
        for (Encoding item : items) {
            requireWidth(width, item);
        }
    }

    /// The same items with other people.
    ///
    /// @param chosen people of this data set
    /// @return a data set that shares this one's items
    public Dataset with(List<Person> chosen) {
        return new Dataset(encoderDigest, width, statistics, items, chosen);
    }

    /// Items that somebody said something about: what statistics are taken from.
    ///
    /// @param some people of this data set
    /// @return encodings in the order of the items
    public List<Encoding> seenBy(List<Person> some) {
        TreeSet<Integer> seen = new TreeSet<>();
        for (Person person : some) {
            for (Observation observation : person.observations()) {
                switch (observation) {
                    case Observation.Choice choice -> {
                        seen.add(choice.chosen());
                        seen.add(choice.rejected());
                    }
                    case Observation.Opinion opinion -> seen.add(opinion.item());
                }
            }
        }
        return seen.stream().map(items::get).toList();
    }

    private static void requireWidth(int width, Encoding item) {
        float[] image = item.image();
        float[] text = item.text();
        if ((image != null && image.length != width) || (text != null && text.length != width)) {
            throw new IllegalArgumentException("An encoding's width differs from the data set's " + width
                    + ": encode all items with the same encoder.");
        }
    }
}

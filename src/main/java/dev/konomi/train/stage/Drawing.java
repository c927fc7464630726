package dev.konomi.train.stage;

import dev.konomi.history.Observation;
import dev.konomi.train.dataset.Person;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Draws people and, for each, a few of their observations, kept in the order they happened: ages stay true and a
/// taste that drifts is predicted forward in time.
///
/// @param people whom to draw from; each has an observation
/// @param meanItem index of the mean item
record Drawing(List<Person> people, int meanItem) {
    Drawing {
        people = people.stream()
                .filter(person -> !person.observations().isEmpty())
                .toList();
        if (people.isEmpty()) {
            throw new IllegalArgumentException("Nobody has an observation to train on.");
        }
    }

    /// Of no more people than are asked for everybody is drawn once: drawing them several times costs as much and says
    /// nothing new.
    ///
    /// @param count B, or how many people there are if that is less
    /// @param length n, observations a person
    /// @param history longest prefix
    /// @param prefixes lengths that predict
    Batch draw(SplittableRandom random, int count, int length, int history, int[] prefixes) {
        boolean everybody = count >= people.size();
        int drawn = everybody ? people.size() : count;
        List<List<Observation>> rows = new ArrayList<>(drawn);
        for (int i = 0; i < drawn; i++) {
            List<Observation> all =
                    people.get(everybody ? i : random.nextInt(people.size())).observations();
            rows.add(all.size() <= length ? all : some(random, all, length));
        }
        return Batch.of(rows, length, history, prefixes, meanItem);
    }

    private static List<Observation> some(SplittableRandom random, List<Observation> all, int count) {
        int[] order = IntStream.range(0, all.size()).toArray();
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, order.length);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return Arrays.stream(order, 0, count).sorted().mapToObj(all::get).toList();
    }

    /// @return the lengths 0 to `longest`
    static int[] prefixes(int longest) {
        return IntStream.rangeClosed(0, longest).toArray();
    }
}

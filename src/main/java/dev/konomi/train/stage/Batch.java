package dev.konomi.train.stage;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.train.dataset.Person;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Observations of B people as arrays. Each row holds n observations in the order they happened; histories are prefixes
/// of a row and at most `history` long. An opinion is a choice between its item and the mean item.
///
/// @param people B
/// @param length n
/// @param history longest prefix, at most n
/// @param prefixes the Q lengths of prefixes that predict
/// @param preferred item indices, `[B·n]`
/// @param other item indices, `[B·n]`
/// @param weight event weights, `[B·n]`; 0 is padding
/// @param opinion 1 for opinions, `[B·n]`
/// @param liked −1 for dislikes, +1 for likes, 0 for choices, `[B·n]`
/// @param days when it happened, `[B·n]`
public record Batch(
        int people,
        int length,
        int history,
        int[] prefixes,
        long[] preferred,
        long[] other,
        float[] weight,
        float[] opinion,
        float[] liked,
        double[] days) {
    static final double DAY = 86_400_000;

    /// @param rows one list of observations a person, in the order they happened; the first n count
    /// @param meanItem index of the mean item
    static Batch of(List<List<Observation>> rows, int length, int history, int[] prefixes, int meanItem) {
        int size = rows.size() * length;
        Batch batch = new Batch(
                rows.size(),
                length,
                history,
                prefixes,
                filled(size, meanItem),
                filled(size, meanItem),
                new float[size],
                new float[size],
                new float[size],
                new double[size]);
        for (int person = 0; person < rows.size(); person++) {
            List<Observation> row = rows.get(person);
            for (int i = 0; i < Math.min(length, row.size()); i++) {
                batch.put(person * length + i, row.get(i), meanItem);
            }
        }
        return batch;
    }

    /// @return the same for whole people
    static Batch ofPeople(List<Person> people, int length, int history, int[] prefixes, int meanItem) {
        return of(people.stream().map(Person::observations).toList(), length, history, prefixes, meanItem);
    }

    private static long[] filled(int size, int value) {
        long[] filled = new long[size];
        Arrays.fill(filled, value);
        return filled;
    }

    private void put(int at, Observation observation, int meanItem) {
        weight[at] = observation.weight();
        days[at] = observation.at() / DAY;
        switch (observation) {
            case Choice choice -> {
                preferred[at] = choice.chosen();
                other[at] = choice.rejected();
            }
            case Opinion one -> {
                opinion[at] = 1;
                liked[at] = one.liked() ? 1 : -1;
                preferred[at] = one.liked() ? one.item() : meanItem;
                other[at] = one.liked() ? meanItem : one.item();
            }
        }
    }

    /// @param rank of a peer
    /// @param count of peers
    /// @return the rows of every `count`-th person, from the `rank`-th on
    /// @throws IllegalArgumentException when there are fewer people than peers
    Batch share(int rank, int count) {
        if (people < count) {
            throw new IllegalArgumentException("A batch of " + people + " people cannot be shared by " + count
                    + " processes: train with as many processes as there are people, or fewer.");
        }
        int[] rows = IntStream.iterate(rank, person -> person < people, person -> person + count)
                .flatMap(person -> IntStream.range(person * length, (person + 1) * length))
                .toArray();
        return new Batch(
                rows.length / length,
                length,
                history,
                prefixes,
                Arrays.stream(rows).mapToLong(at -> preferred[at]).toArray(),
                Arrays.stream(rows).mapToLong(at -> other[at]).toArray(),
                picked(weight, rows),
                picked(opinion, rows),
                picked(liked, rows),
                Arrays.stream(rows).mapToDouble(at -> days[at]).toArray());
    }

    private static float[] picked(float[] values, int[] rows) {
        float[] picked = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }

    /// @return `[B, Q, history]`: an observation's weight where it belongs to the prefix, else 0
    float[] historyWeight() {
        return overHistories((at, newest) -> weight[at]);
    }

    /// @return `[B, Q, history]`: days before the newest observation of the prefix
    float[] age() {
        return overHistories((at, newest) -> (float) Math.max(0, days[newest] - days[at]));
    }

    private interface Cell {
        float value(int at, int newest);
    }

    private float[] overHistories(Cell cell) {
        float[] values = new float[people * prefixes.length * history];
        int out = 0;
        for (int person = 0; person < people; person++) {
            for (int prefix : prefixes) {
                for (int i = 0; i < history; i++, out++) {
                    int at = person * length + i;
                    if (i < prefix && weight[at] > 0) {
                        values[out] = cell.value(at, newest(person, prefix));
                    }
                }
            }
        }
        return values;
    }

    private int newest(int person, int prefix) {
        int at = person * length + prefix - 1;
        while (weight[at] == 0) {
            at--;
        }
        return at;
    }

    /// What each prefix must predict: everything after it, or only the next observation.
    ///
    /// @param dense whether all later observations are targets
    /// @return `[B, Q, n]`: event weights, so scaled that each prefix that has a target counts the same; total 1
    float[] targets(boolean dense) {
        float[] targets = new float[people * prefixes.length * length];
        for (int person = 0; person < people; person++) {
            for (int q = 0; q < prefixes.length; q++) {
                int row = (person * prefixes.length + q) * length;
                int end = dense ? length : Math.min(length, prefixes[q] + 1);
                float sum = 0;
                // A prefix that padding has reached is the whole history again: it has no target left.
                for (int j = prefixes[q]; j < end; j++) {
                    sum += weight[person * length + j];
                }
                for (int j = prefixes[q]; j < end && sum > 0; j++) {
                    targets[row + j] = weight[person * length + j] / sum;
                }
            }
        }
        int rows = Math.max(1, predicting(dense));
        for (int i = 0; i < targets.length; i++) {
            targets[i] /= rows;
        }
        return targets;
    }

    /// @param dense whether all later observations are targets
    /// @return how many prefixes have a target
    int predicting(boolean dense) {
        int predicting = 0;
        for (int person = 0; person < people; person++) {
            for (int prefix : prefixes) {
                int end = dense ? length : Math.min(length, prefix + 1);
                boolean target = false;
                for (int j = prefix; j < end; j++) {
                    target |= weight[person * length + j] > 0;
                }
                predicting += target ? 1 : 0;
            }
        }
        return predicting;
    }

    /// @return the weight of all observations
    double observations() {
        double observations = 0;
        for (float each : weight) {
            observations += each;
        }
        return observations;
    }
}

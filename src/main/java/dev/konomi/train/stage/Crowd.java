package dev.konomi.train.stage;

import dev.konomi.train.dataset.Person;
import java.util.List;
import java.util.SplittableRandom;

/// People to learn from: those that a data set has, or as many as one likes, made up as they are asked for.
@FunctionalInterface
public interface Crowd {
    /// @param step of training, from 0
    /// @param random that alone, with the step, decides who it is
    /// @return somebody with two observations or more
    Person person(int step, SplittableRandom random);

    /// @param people who are there
    /// @return those of them who have two observations or more, each as likely
    /// @throws IllegalArgumentException when nobody has
    static Crowd of(List<Person> people) {
        var some = people.stream()
                .filter(person -> person.observations().size() > 1)
                .toList();
        if (some.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nobody has two observations or more: there is nothing to predict from anything.");
        }
        return (step, random) -> some.get(random.nextInt(some.size()));
    }
}

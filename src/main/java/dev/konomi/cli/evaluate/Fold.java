package dev.konomi.cli.evaluate;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.TestPeople;
import dev.konomi.train.evaluate.TestPerson;
import dev.konomi.train.evaluate.baseline.RatedAppeal.Rating;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Who is learned from and who is asked: some people train, others are asked, and where items are new as well, groups
/// of items that are asked about are known to nobody.
final class Fold {
    /// In how many parts people, and groups of items, are dealt.
    static final int PARTS = 5;

    private static final int TARGETS = 16;
    private static final int MANY = 1_000;

    private final EncodedRatings data;
    private final List<Person> training = new ArrayList<>();
    private final Protocol protocol;
    private final int[] place;
    private final int known;

    /// @param everybody in a random order, and so are each person's observations
    /// @param part which part is asked
    /// @param seed of how groups are dealt
    Fold(EncodedRatings data, Question question, List<Person> everybody, int part, long seed) {
        this.data = data;
        Set<String> held = question.newItems() ? held(part, seed) : Set.of();
        List<TestPerson> asked = new ArrayList<>();
        for (int i = 0; i < everybody.size(); i++) {
            Person person = everybody.get(i);
            List<Observation> seen = of(person, held, false);
            if (i % PARTS == part && asked.size() < MANY) {
                Optional<TestPerson> test = question.newItems()
                        ? TestPeople.of(person.id(), seen, of(person, held, true), question.history(), TARGETS)
                        : TestPeople.of(person, question.history(), TARGETS);
                test.ifPresent(asked::add);
            } else if (i % PARTS != part && !seen.isEmpty()) {
                training.add(new Person(person.id(), seen));
            }
        }
        protocol = new Protocol(asked);
        place = new int[data.items().size()];
        known = fillPlaces();
    }

    /// @return who is asked what
    Protocol protocol() {
        return protocol;
    }

    private Set<String> held(int part, long seed) {
        List<String> groups = new ArrayList<>(new LinkedHashSet<>(data.groups()));
        Collections.shuffle(groups, new Random(seed));
        Set<String> held = new HashSet<>();
        for (int i = part; i < groups.size(); i += PARTS) {
            held.add(groups.get(i));
        }
        return held;
    }

    private List<Observation> of(Person person, Set<String> groups, boolean wanted) {
        return person.observations().stream()
                .filter(observation -> groups.contains(data.groups().get(((Opinion) observation).item())) == wanted)
                .toList();
    }

    /// Each item's place in the training data, −1 for items that it does not hold.
    private int fillPlaces() {
        boolean[] seen = new boolean[place.length];
        for (Person person : training) {
            person.observations().forEach(observation -> seen[((Opinion) observation).item()] = true);
        }
        int next = 0;
        for (int item = 0; item < place.length; item++) {
            place[item] = seen[item] ? next++ : -1;
        }
        return next;
    }

    /// @param items all items in one or another encoding
    /// @param width of that encoding
    /// @param statistics how many of the last columns are statistics of the picture
    /// @return training people over the items that they know
    Dataset training(List<Encoding> items, int width, int statistics) {
        List<Encoding> seen = new ArrayList<>();
        for (int item = 0; item < place.length; item++) {
            if (place[item] >= 0) {
                seen.add(items.get(item));
            }
        }
        List<Person> people = training.stream()
                .map(person -> new Person(
                        person.id(),
                        person.observations().stream()
                                .map(observation -> moved((Opinion) observation))
                                .toList()))
                .toList();
        return new Dataset(data.encoderDigest(), width, statistics, seen, people);
    }

    private Observation moved(Opinion opinion) {
        return new Opinion(place[opinion.item()], opinion.liked(), opinion.weight(), opinion.at());
    }

    /// @return of every training item, which of all items it is
    int[] back() {
        int[] back = new int[known];
        for (int item = 0; item < place.length; item++) {
            if (place[item] >= 0) {
                back[place[item]] = item;
            }
        }
        return back;
    }

    /// @param offsets of the training items
    /// @return of all items, 0 for new ones
    float[] spread(float[] offsets) {
        float[] all = new float[place.length];
        for (int item = 0; item < place.length; item++) {
            all[item] = place[item] < 0 ? 0 : offsets[place[item]];
        }
        return all;
    }

    /// What training people said of all items they may be known for, neither like nor dislike included.
    List<Rating> ratings() {
        Set<Long> people = new HashSet<>();
        training.forEach(person -> people.add(person.id()));
        return data.rows().stream()
                .filter(row -> people.contains((long) row.person()) && place[row.item()] >= 0)
                .map(row -> new Rating(row.person(), row.item(), row.value()))
                .toList();
    }
}

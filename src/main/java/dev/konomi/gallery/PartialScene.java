package dev.konomi.gallery;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// What a prompt names of a scene; the rest is left to the painter.
///
/// @param named at most one value of each attribute, in the attributes' order
public record PartialScene(List<Term> named) {
    /// Keeps the first value of each attribute.
    public PartialScene {
        Map<Attribute, Term> first = new EnumMap<>(Attribute.class);
        named.forEach(term -> first.putIfAbsent(term.attribute(), term));
        named = List.copyOf(first.values());
    }

    public static PartialScene of(Collection<? extends Term> named) {
        return new PartialScene(List.copyOf(named));
    }

    public Optional<Term> value(Attribute attribute) {
        return named.stream().filter(term -> term.attribute() == attribute).findFirst();
    }

    /// True if `scene` shows everything that is named.
    public boolean matches(Scene scene) {
        return named.stream().allMatch(term -> scene.value(term.attribute()) == term.ordinal());
    }

    /// A whole scene: what is not named is drawn evenly by the seed.
    public Scene complete(long seed) {
        SplittableRandom random = Seed.random(seed, "complete");
        int[] values = new int[Attribute.values().length];
        for (Attribute attribute : Attribute.values()) {
            int drawn = random.nextInt(attribute.size());
            values[attribute.ordinal()] = value(attribute).map(Term::ordinal).orElse(drawn);
        }
        return new Scene(values[0], values[1], values[2], values[3], values[4]);
    }
}

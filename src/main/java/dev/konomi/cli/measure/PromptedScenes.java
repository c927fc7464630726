package dev.konomi.cli.measure;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.PartialScene;
import dev.konomi.gallery.Scene;
import dev.konomi.gallery.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Guides a prompt for somebody who knows what scenes are worth, by the rules that words are chosen by: what the prompt
/// names stands, and one value at a time is added to it, the one that makes the scenes that are left worth most on
/// average.
final class PromptedScenes {
    private PromptedScenes() {}

    /// @param named what the prompt names
    /// @param worth of a scene, in log-odds
    /// @param most values that are added at most
    /// @return what it names then
    static PartialScene guided(PartialScene named, ToDoubleFunction<Scene> worth, int most) {
        List<Scene> scenes = IntStream.range(0, Scene.COUNT)
                .mapToObj(Scene::of)
                .filter(named::matches)
                .toList();
        double[] values = scenes.stream().mapToDouble(worth).toArray();
        PartialScene guided = named;
        for (int added = 0; added < most; added++) {
            Optional<Term> best = best(guided, scenes, values);
            if (best.isEmpty()) {
                break;
            }
            List<Term> longer = new ArrayList<>(guided.named());
            longer.add(best.get());
            guided = PartialScene.of(longer);
        }
        return guided;
    }

    private static Optional<Term> best(PartialScene named, List<Scene> scenes, double[] values) {
        double[] sums = new double[Attribute.VALUES];
        int[] counts = new int[Attribute.VALUES];
        for (int i = 0; i < values.length; i++) {
            if (named.matches(scenes.get(i))) {
                for (Attribute attribute : Attribute.values()) {
                    int value = attribute.offset() + scenes.get(i).value(attribute);
                    sums[value] += values[i];
                    counts[value]++;
                }
            }
        }
        return Arrays.stream(Attribute.values())
                .filter(attribute -> named.value(attribute).isEmpty())
                .<Term>flatMap(attribute -> attribute.terms().stream())
                .max((a, b) -> Double.compare(mean(a, sums, counts), mean(b, sums, counts)));
    }

    private static double mean(Term term, double[] sums, int[] counts) {
        int value = term.attribute().offset() + term.ordinal();
        return sums[value] / counts[value];
    }
}

package dev.konomi.cli.measure;

import dev.konomi.gallery.Choice;
import dev.konomi.gallery.Interest;
import dev.konomi.gallery.Panel.Member;
import dev.konomi.gallery.Predictions;
import dev.konomi.gallery.World;
import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.group.TokenGroups;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Whether both segments of people with two are found among their two most activated tokens.
///
/// @param both which share of the two is found
/// @param stronger how often that is which carries more of the pictures that the person chose
/// @param weaker how often the other
public record TwoInterests(Recall both, Recall stronger, Recall weaker) {
    private static final int TWO = 2;

    /// @param konomi Konomi's
    /// @param idealObserver the ideal observer's
    /// @param chance that of naming the two largest segments to everybody
    public record Recall(Estimate konomi, Estimate idealObserver, Estimate chance) {}

    /// Who says which segments somebody likes.
    private record Teller(TokenGroups groups, IntFunction<float[]> activations) {
        Estimate finds(int[] segments) {
            return Bootstrap.DEFAULT.mean(IntStream.range(0, segments.length)
                    .mapToDouble(i -> groups.finds(activations.apply(i), TWO, segments[i]) ? 1 : 0)
                    .toArray());
        }

        Estimate findsBoth(int[] some, int[] others) {
            return Bootstrap.DEFAULT.mean(IntStream.range(0, some.length)
                    .mapToDouble(i -> groups.recall(activations.apply(i), some[i], others[i]))
                    .toArray());
        }
    }

    /// @param members people with two interests
    /// @param tokens what tokens stand for
    /// @param activations of the members, `[people][tokens]`
    /// @param ideal the ideal observer's view of them, at 0 and `length`
    /// @param length choices that were known
    static TwoInterests of(
            World world,
            List<Member> members,
            TokenGroups tokens,
            float[][] activations,
            Predictions ideal,
            int length) {
        TokenGroups same = TokenGroups.same(world.population().segments());
        Teller konomi = new Teller(tokens, i -> activations[i]);
        Teller observer = new Teller(same, i -> floats(ideal.segments(i, length)));
        Teller chance = new Teller(same, i -> floats(ideal.segments(i, 0)));
        int[] stronger = new int[members.size()];
        int[] weaker = new int[members.size()];
        for (int i = 0; i < stronger.length; i++) {
            Interest interest = members.get(i).interest();
            boolean first = shareOfFirst(world, members.get(i), length) >= 0.5;
            stronger[i] = first ? interest.first() : interest.second();
            weaker[i] = first ? interest.second() : interest.first();
        }
        return new TwoInterests(
                new Recall(
                        konomi.findsBoth(stronger, weaker),
                        observer.findsBoth(stronger, weaker),
                        chance.findsBoth(stronger, weaker)),
                new Recall(konomi.finds(stronger), observer.finds(stronger), chance.finds(stronger)),
                new Recall(konomi.finds(weaker), observer.finds(weaker), chance.finds(weaker)));
    }

    /// Of the latest `length` pictures that were chosen, the mean share that is the first segment's.
    private static double shareOfFirst(World world, Member member, int length) {
        List<Choice> history = member.trial().history();
        return history.subList(Math.max(0, history.size() - length), history.size()).stream()
                .mapToDouble(choice -> world.shareOfFirst(member.interest(), choice.chosenScene()))
                .average()
                .orElse(0.5);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}

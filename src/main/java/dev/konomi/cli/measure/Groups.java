package dev.konomi.cli.measure;

import dev.konomi.gallery.Panel;
import dev.konomi.gallery.Panel.Member;
import dev.konomi.gallery.Predictions;
import dev.konomi.gallery.World;
import dev.konomi.history.Observation;
import dev.konomi.report.Estimate;
import dev.konomi.token.TokenBook;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.group.Agreement;
import dev.konomi.train.evaluate.group.Plane;
import dev.konomi.train.evaluate.group.TokenGroups;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Whether tokens are groups: people's most probable token against the segment that they are
/// really from.
///
/// @param ari adjusted Rand index after [#LONGEST] choices, of people with one interest
/// @param nmi normalised mutual information of the same
/// @param pValue of the permutation test of the same
/// @param byHistory adjusted Rand index by the number of choices: Konomi's, and that of the ideal
///   observer's most probable segment
/// @param map people after [#LONGEST] choices on the plane of their activations' logarithms, by
///   segment
/// @param twoInterests whether both segments of people with two are found, after [#TWO_HISTORY]
///   choices
/// @param names whether tokens' words say what their people like
/// @param balance whether any token is nobody's, or everybody's
public record Groups(
        Estimate ari,
        Estimate nmi,
        double pValue,
        SequencedMap<Integer, Compared> byHistory,
        List<Dot> map,
        TwoInterests twoInterests,
        Names names,
        Balance balance) {
    /// Numbers of choices that tokens are looked at after.
    public static final List<Integer> LENGTHS = List.of(2, 8, 16, 40);

    /// The last of them.
    public static final int LONGEST = 40;

    /// Choices after which two interests should show.
    public static final int TWO_HISTORY = 16;

    private static final int PERMUTATIONS = 999;

    /// Activations below this are one on the map.
    private static final double LEAST_SHOWN = 1e-6;

    /// @param konomi Konomi's
    /// @param idealObserver the ideal observer's
    public record Compared(Estimate konomi, Estimate idealObserver) {}

    /// A person on the map.
    ///
    /// @param segment the true one
    /// @param x first principal component of the activations' logarithms
    /// @param y second
    public record Dot(int segment, double x, double y) {}

    /// What is looked at.
    public interface Tokens {
        /// @param history oldest first, over held-out pictures
        /// @return how much each token is activated, `[M]`
        float[] activations(List<Observation> history);

        /// @return the tokens, in the order of activations
        TokenBook book();
    }

    /// @param world the panel's
    /// @param panel who is looked at
    /// @param tokens the release's
    /// @param one the ideal observer's view of people with one interest, at all of [#LENGTHS]
    /// @param two its view of people with two, at 0 and [#TWO_HISTORY]
    /// @param last when everybody made their last choice
    public static Groups of(World world, Panel panel, Tokens tokens, Predictions one, Predictions two, Instant last) {
        Bootstrap bootstrap = Bootstrap.DEFAULT;
        int[] segments = panel.one().stream()
                .mapToInt(member -> member.interest().first())
                .toArray();
        SequencedMap<Integer, Compared> byHistory = new LinkedHashMap<>();
        Agreement agreement = null;
        float[][] activations = {};
        for (int length : LENGTHS) {
            activations = activations(panel.one(), tokens, length, last);
            agreement = new Agreement(mostProbable(activations), segments);
            int[] ideal = IntStream.range(0, segments.length)
                    .map(i -> mostProbableSegment(one, i, length, panel.segments()))
                    .toArray();
            byHistory.put(
                    length,
                    new Compared(
                            agreement.adjustedRandIndex(bootstrap),
                            new Agreement(ideal, segments).adjustedRandIndex(bootstrap)));
        }
        if (agreement == null) {
            throw new IllegalStateException("There is no history length to look at tokens after.");
        }
        TokenGroups byPeople = TokenGroups.byPeople(activations, segments, panel.segments());
        return new Groups(
                agreement.adjustedRandIndex(bootstrap),
                agreement.normalisedMutualInformation(bootstrap),
                agreement.permutationTest(PERMUTATIONS, 1),
                byHistory,
                map(activations, segments),
                TwoInterests.of(
                        world,
                        panel.two(),
                        byPeople,
                        activations(panel.two(), tokens, TWO_HISTORY, last),
                        two,
                        TWO_HISTORY),
                Names.of(world, byPeople, tokens.book()),
                Balance.of(Stream.of(activations, activations(panel.two(), tokens, LONGEST, last))
                        .flatMap(Arrays::stream)
                        .toArray(float[][]::new)));
    }

    private static float[][] activations(List<Member> members, Tokens tokens, int length, Instant last) {
        return members.stream()
                .map(member ->
                        tokens.activations(TrialProtocol.history(member.trial().history(), length, last)))
                .toArray(float[][]::new);
    }

    private static int[] mostProbable(float[][] activations) {
        return IntStream.range(0, activations.length)
                .map(i -> TokenGroups.mostProbable(activations[i]))
                .toArray();
    }

    /// Of single interests alone, which come first: that the person has one is known.
    private static int mostProbableSegment(Predictions ideal, int person, int length, int segments) {
        double[] interests = ideal.interests(person, length);
        float[] single = new float[segments];
        for (int k = 0; k < segments; k++) {
            single[k] = (float) interests[k];
        }
        return TokenGroups.mostProbable(single);
    }

    private static List<Dot> map(float[][] activations, int[] segments) {
        double[][] plane =
                Plane.of(Arrays.stream(activations).map(Groups::logarithms).toArray(float[][]::new));
        return IntStream.range(0, segments.length)
                .mapToObj(i -> new Dot(segments[i], plane[i][0], plane[i][1]))
                .toList();
    }

    /// After many choices nearly all activation is on one token; how little the others have still
    /// tells people apart.
    private static float[] logarithms(float[] activations) {
        float[] logarithms = new float[activations.length];
        for (int m = 0; m < logarithms.length; m++) {
            logarithms[m] = (float) Math.log(Math.max(activations[m], LEAST_SHOWN));
        }
        return logarithms;
    }
}

package dev.konomi.cli.study;

import dev.konomi.gallery.Interest;
import dev.konomi.train.evaluate.group.TokenGroups;
import dev.konomi.train.lineage.TokenMatching;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// One edit on each token that is somebody's most probable one, carried over to a retrained model
/// by the tokens' lineage. A token stands for the segment that most of the people whose most
/// probable token it is are from; somebody with two interests counts for both segments.
///
/// @param edits in the order of the tokens
record TokenEdits(List<Edit> edits) {
    TokenEdits {
        edits = List.copyOf(edits);
    }

    /// What became of an edit.
    ///
    /// @param people whose most probable token it was on
    /// @param carried whether a token goes on with that one; otherwise the operator is told
    /// @param right whether that token stands for the same segment
    record Edit(int people, boolean carried, boolean right) {}

    /// @param before activations under the model that was edited, `[people][tokens]`
    /// @param after activations of the same people under the retrained one, `[people][tokens]`
    /// @param interests what drives each person
    /// @param segments how many there are
    /// @param matching of the retrained model's tokens to the earlier ones
    static TokenEdits of(
            float[][] before, float[][] after, List<Interest> interests, int segments, TokenMatching matching) {
        TokenGroups earlier = groups(before, interests, segments);
        TokenGroups later = groups(after, interests, segments);
        int[] people = new int[before[0].length];
        for (float[] person : before) {
            people[TokenGroups.mostProbable(person)]++;
        }
        List<Edit> edits = new ArrayList<>();
        for (int token = 0; token < people.length; token++) {
            if (people[token] > 0) {
                OptionalInt successor = successor(matching, token);
                boolean right =
                        successor.isPresent() && later.of(successor.getAsInt()).equals(earlier.of(token));
                edits.add(new Edit(people[token], successor.isPresent(), right));
            }
        }
        return new TokenEdits(edits);
    }

    private static OptionalInt successor(TokenMatching matching, int token) {
        return IntStream.range(0, matching.tokens().size())
                .filter(m -> matching.tokens().get(m).predecessor().equals(OptionalInt.of(token)))
                .findFirst();
    }

    private static TokenGroups groups(float[][] activations, List<Interest> interests, int segments) {
        List<float[]> rows = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < activations.length; i++) {
            rows.add(activations[i]);
            groups.add(interests.get(i).first());
            if (!interests.get(i).single()) {
                rows.add(activations[i]);
                groups.add(interests.get(i).second());
            }
        }
        return TokenGroups.byPeople(
                rows.toArray(float[][]::new),
                groups.stream().mapToInt(Integer::intValue).toArray(),
                segments);
    }
}

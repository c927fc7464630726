package dev.konomi.cli.measure;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.Panel.Member;
import dev.konomi.gallery.Scene;
import dev.konomi.history.Observation;
import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.reason.Deletion;
import dev.konomi.train.evaluate.reason.LikedItems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// Whether the likes that are named for a picture are why it is shown. Everybody is shown the
/// pictures that suit them best out of some that they have not seen.
///
/// @param top how far a picture's score falls without the three likes that are named for it
/// @param similar the same for the three likes most similar to it
/// @param random the same for three drawn by lot
/// @param other the same for the three named for another picture
/// @param shared how often the first like shares the attribute value that carries most of the
///   person's true utility for the picture
public record Reasons(Estimate top, Control similar, Control random, Control other, Shared shared) {
    /// Pictures that somebody could be shown.
    private static final int OFFERED = 30;

    /// Pictures that somebody is shown.
    private static final int SHOWN = 3;

    /// @param fall how far the score falls
    /// @param margin what is named for the picture minus this, paired over people
    public record Control(Estimate fall, Estimate margin) {}

    /// @param top of the like that is named first
    /// @param similar of the like most similar to the picture
    /// @param random of a like drawn by lot
    public record Shared(Estimate top, Estimate similar, Estimate random) {}

    /// @param members people with likes enough
    /// @param pictures that they chose from, the first of the subject's
    /// @param subject the release
    /// @param last when everybody made their last choice
    static Reasons of(List<Member> members, Catalogue pictures, Subject subject, Instant last) {
        SplittableRandom random = new SplittableRandom(1);
        List<Deletion.Shown> shown = new ArrayList<>();
        double[][] shared = new double[3][members.size()];
        for (int person = 0; person < members.size(); person++) {
            Member member = members.get(person);
            List<Observation> history = TrialProtocol.history(member.trial().history(), Groups.LONGEST, last);
            int[] offered = offered(random, member, pictures, subject.ranker(), history);
            int[] candidates = IntStream.of(offered).limit(SHOWN).toArray();
            int[] others = IntStream.range(0, SHOWN)
                    .map(i -> offered[SHOWN + random.nextInt(offered.length - SHOWN)])
                    .toArray();
            LikedItems likes = subject.likes(history);
            shown.add(new Deletion.Shown(likes, candidates, others));
            shared[0][person] = shared(member, pictures, likes, candidates, of -> likes.named(of, 1)[0]);
            shared[1][person] = shared(member, pictures, likes, candidates, of -> likes.mostSimilar(of, 1)[0]);
            shared[2][person] = shared(member, pictures, likes, candidates, _ -> random.nextInt(likes.size()));
        }
        Deletion deletion = Deletion.of(shown, 1);
        Bootstrap bootstrap = Bootstrap.DEFAULT;
        return new Reasons(
                bootstrap.mean(deletion.top()),
                control(deletion, deletion.similar()),
                control(deletion, deletion.random()),
                control(deletion, deletion.other()),
                new Shared(bootstrap.mean(shared[0]), bootstrap.mean(shared[1]), bootstrap.mean(shared[2])));
    }

    private static Control control(Deletion deletion, double[] falls) {
        return new Control(Bootstrap.DEFAULT.mean(falls), Bootstrap.DEFAULT.difference(deletion.top(), falls));
    }

    /// @return pictures that the person has not chosen between, best first
    private static int[] offered(
            SplittableRandom random, Member member, Catalogue pictures, Ranker ranker, List<Observation> history) {
        List<Integer> seen = member.trial().history().stream()
                .flatMap(choice -> List.of(choice.chosen(), choice.rejected()).stream())
                .toList();
        int[] offered = random.ints(0, pictures.size())
                .filter(picture -> !seen.contains(picture))
                .distinct()
                .limit(OFFERED)
                .toArray();
        double[] scores = ranker.score(history, offered);
        return IntStream.range(0, offered.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(i -> offered[i])
                .toArray();
    }

    private static double shared(
            Member member, Catalogue pictures, LikedItems likes, int[] candidates, IntUnaryOperator named) {
        double shared = 0;
        for (int candidate : candidates) {
            Scene scene = pictures.scene(candidate);
            Attribute carrier = member.person().carrier(scene, Groups.LONGEST - 1);
            Scene liked = pictures.scene(likes.item(named.applyAsInt(candidate)));
            shared += liked.value(carrier) == scene.value(carrier) ? 1.0 / candidates.length : 0;
        }
        return shared;
    }
}

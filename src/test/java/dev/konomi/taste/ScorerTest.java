package dev.konomi.taste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.History;
import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.release.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScorerTest {
    private static final double TEMPERATURE = 0.5;
    private final PlainTasteModel model = new PlainTasteModel(1);
    private final CatalogueSample sample = new CatalogueSample(IntStream.range(0, 5)
            .mapToObj(i ->
                    new CatalogueSample.SampledItem("%064x".formatted(i), new float[] {i - 2, 0.1f * i}, 0.1f * i, 0))
            .toList());
    private final Scorer scorer = new Scorer(model, sample, new Manifest.Calibration(TEMPERATURE));

    @Test
    void partsAddUpToTheScoreForAnybody() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            ItemVectors seen = items(random, 6);
            Known anybody = anybody(random, seen);
            ItemVectors candidates = items(random, 7);
            float[] offsets = {0.1f, -0.2f, 0, 0, 0.5f, 0, 1};
            for (Scorer.Ranked ranked : scorer.rank(anybody, candidates, offsets, evidence(seen, candidates))) {
                Explanation why = Objects.requireNonNull(ranked.explanation());
                double tokens = why.tokens().stream()
                        .mapToDouble(Explanation.TokenPart::value)
                        .sum();
                assertEquals(ranked.score(), why.own() + tokens + why.appeal() + why.offset(), 1e-9);
                float[] g = candidates.features()[ranked.candidate()];
                assertEquals(Scorer.dot(anybody.taste().own(), g), why.own(), 1e-4);
                assertEquals(offsets[ranked.candidate()], why.offset());
                assertEquals(candidates.appeal()[ranked.candidate()], why.appeal());
            }
        }
    }

    @Test
    void askingWhyChangesNoScore() {
        Random random = new Random(1);
        ItemVectors seen = items(random, 6);
        Known anybody = anybody(random, seen);
        ItemVectors candidates = items(random, 7);
        List<Scorer.Ranked> plain = scorer.rank(anybody, candidates, new float[7], null);
        List<Scorer.Ranked> explained = scorer.rank(anybody, candidates, new float[7], evidence(seen, candidates));
        for (int i = 0; i < plain.size(); i++) {
            assertEquals(plain.get(i).candidate(), explained.get(i).candidate());
            assertEquals(plain.get(i).score(), explained.get(i).score());
            assertNull(plain.get(i).explanation());
        }
    }

    @Test
    void theBestStandsFirstAndEqualScoresInTheQuestionsOrder() {
        Known nobody = known(new ItemVectors(new float[0][], new float[0]), List.of(), List.of());
        ItemVectors candidates =
                new ItemVectors(new float[][] {{0, 0}, {3, 3}, {0, 0}, {-1, -1}, {3, 3}}, new float[5]);
        List<Scorer.Ranked> ranked = scorer.rank(nobody, candidates, new float[5], null);
        assertEquals(
                List.of(1, 4, 0, 2, 3),
                ranked.stream().map(Scorer.Ranked::candidate).toList());
    }

    @Test
    void aProbabilityIsThatOfBeatingTheMedianItem() {
        Known nobody = known(new ItemVectors(new float[0][], new float[0]), List.of(), List.of());
        CatalogueSample.SampledItem middle = sample.sample().get(2);
        ItemVectors candidates = new ItemVectors(
                new float[][] {middle.features(), {5, 5}, {-5, -5}}, new float[] {middle.appeal(), 0, 0});
        List<Scorer.Ranked> ranked = scorer.rank(nobody, candidates, new float[3], null);
        assertEquals(1, ranked.get(0).candidate());
        assertEquals(0.5, ranked.get(1).probability(), 1e-6);
        double difference = ranked.get(0).score() - ranked.get(1).score();
        assertEquals(
                1 / (1 + Math.exp(-difference / TEMPERATURE)), ranked.get(0).probability(), 1e-6);
        assertTrue(ranked.get(2).probability() < 0.5);
    }

    @Test
    void aReasonIsALikeWithoutWhichTheScoreWouldBeLower() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            ItemVectors items = items(random, 5);
            List<Observation> observations = List.of(
                    new Choice(0, 1, 0.5f, 1),
                    new Choice(0, 2, 0.5f, 1),
                    new Opinion(3, false, 1, 2),
                    new Opinion(4, true, 1, 3));
            Known person = known(items, observations, List.of("choice", "choice", "dislike", "like"));
            ItemVectors candidates = items(random, 1);
            Explanation why =
                    Objects.requireNonNull(scorer.rank(person, candidates, new float[1], evidence(items, candidates))
                            .getFirst()
                            .explanation());
            double score = model.scores(person.taste(), candidates, new float[1])[0];
            double withoutChoice = score - score(items, observations.subList(2, 4), candidates);
            double withoutLike = score - score(items, observations.subList(0, 3), candidates);
            List<Integer> expected = new ArrayList<>();
            if (withoutChoice > 0) {
                expected.add(0);
            }
            if (withoutLike > 0) {
                expected.add(3);
            }
            assertEquals(
                    expected,
                    why.because().stream()
                            .map(Explanation.Reason::observation)
                            .sorted()
                            .toList());
            for (Explanation.Reason reason : why.because()) {
                assertEquals(reason.observation() == 0 ? withoutChoice : withoutLike, reason.change(), 1e-5);
            }
        }
    }

    @Test
    void reasonsStandByWhatTheCandidateSharesWithThemAndAllRaiseTheScore() {
        // The first like decides the taste, but the candidate has nothing of it above the mean.
        ItemVectors items = new ItemVectors(new float[][] {{3, -1}, {-1, 2}}, new float[2]);
        Known person = known(items, List.of(new Opinion(0, true, 1, 1), new Opinion(1, true, 2, 2)), List.of("a", "b"));
        ItemVectors candidates = new ItemVectors(new float[][] {{2, 1}}, new float[1]);
        Explanation why =
                Objects.requireNonNull(scorer.rank(person, candidates, new float[1], evidence(items, candidates))
                        .getFirst()
                        .explanation());
        assertTrue(why.because().stream().allMatch(reason -> reason.change() > 0));
        List<Double> worth =
                why.because().stream().map(Explanation.Reason::inCommon).toList();
        assertEquals(worth.stream().sorted(Comparator.reverseOrder()).toList(), worth);
    }

    @Test
    void namedAndRemainingLikesAreAllLikes() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            ItemVectors items = items(random, 9);
            List<Observation> observations = new ArrayList<>();
            List<String> events = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                observations.add(new Opinion(i, i != 4, 1, i));
                events.add("e" + i);
            }
            Known person = known(items, observations, events);
            ItemVectors candidates = items(random, 1);
            Scorer.Ranked ranked = scorer.rank(person, candidates, new float[1], evidence(items, candidates))
                    .getFirst();
            double sum = 0;
            for (int i = 0; i < 9; i++) {
                List<Observation> others = new ArrayList<>(observations);
                others.remove(i);
                sum += i == 4 ? 0 : ranked.score() - score(items, others, candidates);
            }
            Explanation why = Objects.requireNonNull(ranked.explanation());
            double named = why.because().stream()
                    .mapToDouble(Explanation.Reason::change)
                    .sum();
            assertEquals(8, why.because().size() + why.remaining().count());
            assertEquals(sum, named + why.remaining().change(), 1e-4);
        }
    }

    @Test
    void whoDislikedEverythingGetsNoReason() {
        ItemVectors items = items(new Random(5), 3);
        Known person =
                known(items, List.of(new Opinion(0, false, 1, 1), new Opinion(1, false, 1, 2)), List.of("a", "b"));
        for (Scorer.Ranked ranked : scorer.rank(person, items, new float[3], evidence(items, items))) {
            assertEquals(List.of(), Objects.requireNonNull(ranked.explanation()).because());
        }
    }

    @Test
    void likesWithoutEncodingsStandByWhatTheyRaiseTheScoreBy() {
        Random random = new Random(6);
        ItemVectors seen = items(random, 6);
        ItemVectors candidates = items(random, 4);
        Known anybody = anybody(random, seen);
        List<@Nullable Encoding> none = new ArrayList<>(Collections.nCopies(6, (Encoding) null));
        for (Scorer.Ranked ranked :
                scorer.rank(anybody, candidates, new float[4], new Scorer.Evidence(seen, none, none, Concepts.NONE))) {
            List<Double> changes = Objects.requireNonNull(ranked.explanation()).because().stream()
                    .map(Explanation.Reason::change)
                    .toList();
            assertEquals(changes.stream().sorted(Comparator.reverseOrder()).toList(), changes);
        }
    }

    @Test
    void aLikedItemRises() {
        ItemVectors items = new ItemVectors(new float[][] {{1, 0}, {0, 1}}, new float[2]);
        Known fan = known(items, List.of(new Opinion(1, true, 3, 1)), List.of("e"));
        assertEquals(1, scorer.rank(fan, items, new float[2], null).getFirst().candidate());
        Known other = known(items, List.of(new Opinion(0, true, 3, 1)), List.of("e"));
        assertEquals(0, scorer.rank(other, items, new float[2], null).getFirst().candidate());
    }

    private double score(ItemVectors items, List<Observation> observations, ItemVectors candidates) {
        return model.scores(model.taste(items, observations), candidates, new float[1])[0];
    }

    /// In the plain model an item's encoding is its features.
    private static Scorer.Evidence evidence(ItemVectors seen, ItemVectors candidates) {
        return new Scorer.Evidence(seen, encodings(seen), encodings(candidates), Concepts.NONE);
    }

    private static List<Encoding> encodings(ItemVectors items) {
        return Arrays.stream(items.features())
                .map(features -> new Encoding(features, null))
                .toList();
    }

    private Known anybody(Random random, ItemVectors items) {
        List<Observation> observations = new ArrayList<>();
        List<String> events = new ArrayList<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            observations.add(
                    random.nextBoolean()
                            ? new Choice(random.nextInt(3), 3 + random.nextInt(3), 1, 9 - i)
                            : new Opinion(random.nextInt(6), random.nextBoolean(), 1, 9 - i));
            events.add("e" + i / 2);
        }
        return known(items, observations, events);
    }

    private Known known(ItemVectors items, List<Observation> observations, List<String> events) {
        List<String> digests =
                IntStream.range(0, items.size()).mapToObj(i -> "item" + i).toList();
        return new Known(new History(observations, events, digests), model.taste(items, observations));
    }

    private static ItemVectors items(Random random, int n) {
        float[][] features = new float[n][2];
        float[] appeal = new float[n];
        for (int i = 0; i < n; i++) {
            features[i] = new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()};
            appeal[i] = (float) random.nextGaussian();
        }
        return new ItemVectors(features, appeal);
    }
}

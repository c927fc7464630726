package dev.konomi.cli.study;

import dev.konomi.cli.measure.Balance;
import dev.konomi.cli.measure.Groups;
import dev.konomi.cli.measure.Measurement;
import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.IdealObserver;
import dev.konomi.gallery.Interest;
import dev.konomi.gallery.Panel;
import dev.konomi.gallery.Picture;
import dev.konomi.gallery.Predictions;
import dev.konomi.gallery.Trial;
import dev.konomi.history.Observation;
import dev.konomi.release.Sha256;
import dev.konomi.token.TokenBook;
import dev.konomi.token.TokenNaming;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.lineage.HistoryPanel;
import dev.konomi.train.lineage.TokenMatching;
import dev.konomi.train.stage.TrainedModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// Asks what a world's tokens are: groups, with names that say what their people like, which go
/// on when the model is trained again.
///
/// @param world whose people are asked
record GroupExamination(PreparedWorld world) {
    private static final int ONE_INTEREST = Measurement.Scale.FULL.one();
    private static final int TWO_INTERESTS = Measurement.Scale.FULL.two();

    /// @param model trained on `training`
    /// @return `ari.<n>` and `idealAri.<n>` after n choices, `nmi`, `twoInterests` and
    ///     `twoInterests.ideal`, `names.en`, `names.ja` and `names.popularity`, `tokens`, `dead`
    ///     and `largestShare`; see [Groups]
    SequencedMap<String, Double> figures(TrainedModel model, Dataset training) {
        Catalogue unseen = world.unseen().catalogue();
        Panel panel =
                Panel.of(world.town().world(), unseen, Measurement.PANEL, ONE_INTEREST, TWO_INTERESTS, Groups.LONGEST);
        IdealObserver observer = new IdealObserver(world.town().world());
        Predictions one = observer.observe(
                trials(panel.one()),
                Groups.LENGTHS.stream().mapToInt(Integer::intValue).toArray(),
                1);
        Predictions two = observer.observe(trials(panel.two()), new int[] {0, Groups.TWO_HISTORY}, 1);
        TrainedModel.Items items = model.items(world.unseen().encodings());
        TokenBook book = book(model, training);
        Groups groups = Groups.of(
                world.town().world(),
                panel,
                new Groups.Tokens() {
                    @Override
                    public float[] activations(List<Observation> history) {
                        return model.person(items, history).activations();
                    }

                    @Override
                    public TokenBook book() {
                        return book;
                    }
                },
                one,
                two,
                PreparedWorld.LAST);
        return figures(groups);
    }

    private static SequencedMap<String, Double> figures(Groups groups) {
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        groups.byHistory().forEach((length, compared) -> {
            figures.put("ari." + length, compared.konomi().mean());
            figures.put("idealAri." + length, compared.idealObserver().mean());
        });
        figures.put("nmi", groups.nmi().mean());
        figures.put("twoInterests", groups.twoInterests().both().konomi().mean());
        figures.put(
                "twoInterests.ideal",
                groups.twoInterests().both().idealObserver().mean());
        figures.put("names.en", groups.names().english().mean());
        figures.put("names.ja", groups.names().japanese().mean());
        figures.put("names.popularity", groups.names().popularity().mean());
        Balance balance = groups.balance();
        figures.put("tokens", (double) balance.tokens());
        figures.put("dead", (double) balance.dead());
        figures.put("largestShare", balance.largestShare());
        return figures;
    }

    private static List<Trial> trials(List<Panel.Member> members) {
        return members.stream().map(Panel.Member::trial).toList();
    }

    /// Tokens with names, as a release has them.
    private TokenBook book(TrainedModel model, Dataset training) {
        TrainedModel.Items items = model.items(training.items());
        List<TokenNaming.Item> catalogue = new ArrayList<>();
        for (Picture picture : world.seen().catalogue().pictures()) {
            catalogue.add(new TokenNaming.Item(
                    Sha256.of(("picture " + picture.number()).getBytes(StandardCharsets.UTF_8)),
                    List.of(picture.prompt()),
                    items.features()[picture.number()]));
        }
        float[] prior = model.prior();
        double[] shares = new double[prior.length];
        for (int m = 0; m < shares.length; m++) {
            shares[m] = prior[m];
        }
        return new TokenNaming().book(model.tokens(), shares, new int[shares.length], catalogue);
    }

    /// Edits on the tokens of `before` carried over to `after`, whose tokens are put in an order
    /// drawn by lot: their ids have to come from what they do.
    ///
    /// @param before a model of `training`
    /// @param after another of the same people, from other seeds
    TokenEdits edits(TrainedModel before, TrainedModel after, Dataset training) {
        HistoryPanel panel = HistoryPanel.draw(training, training.people());
        int[] order = lots(after.tokens().length);
        List<List<Observation>> histories =
                training.people().stream().map(Person::observations).toList();
        TokenMatching matching = TokenMatching.of(
                activations(before, before.items(panel.items()), panel.histories()),
                permuted(activations(after, after.items(panel.items()), panel.histories()), order));
        List<Interest> interests = IntStream.range(0, histories.size())
                .mapToObj(i ->
                        world.town().world().person(i, PreparedWorld.CHOICES).interest(PreparedWorld.CHOICES - 1))
                .toList();
        return TokenEdits.of(
                activations(before, before.items(training.items()), histories),
                permuted(activations(after, after.items(training.items()), histories), order),
                interests,
                world.town().world().population().segments(),
                matching);
    }

    private int[] lots(int count) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, new Random(world.town().world().seed()));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static float[][] permuted(float[][] activations, int[] order) {
        float[][] permuted = new float[activations.length][order.length];
        for (int i = 0; i < activations.length; i++) {
            for (int m = 0; m < order.length; m++) {
                permuted[i][m] = activations[i][order[m]];
            }
        }
        return permuted;
    }

    private static float[][] activations(
            TrainedModel model, TrainedModel.Items items, List<List<Observation>> histories) {
        return histories.stream()
                .map(history -> model.person(items, history).activations())
                .toArray(float[][]::new);
    }
}

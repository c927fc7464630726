package dev.konomi.train;

import dev.konomi.release.Manifest;
import dev.konomi.release.Manifest.Lineage;
import dev.konomi.release.Release;
import dev.konomi.taste.OnnxTasteModel;
import dev.konomi.taste.Taste;
import dev.konomi.token.TokenBook;
import dev.konomi.token.TokenCard;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.lineage.HistoryPanel;
import dev.konomi.train.lineage.TokenMatching;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// New tokens under the ids of those that they go on with.
///
/// @param book the tokens
/// @param panel histories that they were compared on, for the release and those after it
/// @param lineage what the manifest says of it
record Descent(TokenBook book, byte[] panel, Lineage lineage) {
    /// @param drafted new tokens under ids of their own
    /// @param model the new release's
    /// @param data what was trained on
    /// @param people of it who were trained on
    /// @param champion the release before
    static Descent of(
            TokenBook drafted, OnnxTasteModel model, Dataset data, List<Person> people, Optional<Release> champion) {
        if (champion.isEmpty()) {
            return unmatched(drafted, null, List.of(), data, people, "These are the first tokens: all ids are new.");
        }
        Release before = champion.get();
        String named = "release " + before.digest().substring(0, 12);
        if (!before.manifest().files().containsKey(TokenBook.FILE)) {
            return unmatched(
                    drafted, before, List.of(), data, people, "There are no tokens in " + named + ": all ids are new.");
        }
        TokenBook earlier = TokenBook.read(before.file(TokenBook.FILE));
        Manifest.Encoder encoder = before.manifest().encoder();
        if (!encoder.digest().equals(data.encoderDigest())) {
            return unmatched(
                    drafted,
                    before,
                    earlier.tokens(),
                    data,
                    people,
                    "The encoder of " + named + " is " + encoder.digest() + ", that of this release is "
                            + data.encoderDigest()
                            + ": no history can be read by both, so no token could be matched and all ids are new.");
        }
        byte[] bytes = before.manifest().files().containsKey(HistoryPanel.FILE)
                ? before.file(HistoryPanel.FILE)
                : HistoryPanel.draw(data, people).bytes();
        HistoryPanel panel = HistoryPanel.read(bytes);
        TokenMatching matching;
        try (OnnxTasteModel served = Contest.load(before)) {
            matching = TokenMatching.of(activations(served, panel), activations(model, panel));
        }
        return matched(drafted, earlier, before, matching, bytes);
    }

    private static Descent matched(
            TokenBook drafted, TokenBook earlier, Release before, TokenMatching matching, byte[] panel) {
        Set<String> taken = new HashSet<>();
        earlier.tokens().forEach(token -> taken.add(token.id()));
        List<TokenCard> tokens = new ArrayList<>();
        List<Lineage.Token> lines = new ArrayList<>();
        for (int m = 0; m < drafted.tokens().size(); m++) {
            TokenCard token = drafted.tokens().get(m);
            TokenMatching.Match match = matching.tokens().get(m);
            Integer place =
                    match.predecessor().isPresent() ? match.predecessor().getAsInt() : null;
            String id = place == null
                    ? unused(token.id(), taken)
                    : earlier.tokens().get(place).id();
            tokens.add(token.withId(id));
            lines.add(new Lineage.Token(id, place, Math.round(match.correlation() * 1000) / 1000.0));
        }
        List<String> retired = matching.retired().stream()
                .map(place -> earlier.tokens().get(place).id())
                .toList();
        int kept = earlier.tokens().size() - retired.size();
        return new Descent(
                new TokenBook(tokens),
                panel,
                new Lineage(
                        before.digest(),
                        lines,
                        retired,
                        kept + " of " + earlier.tokens().size() + " tokens go on, " + (tokens.size() - kept)
                                + " are new: matched by activations over a fixed panel of histories."));
    }

    /// An id that was given once is not given to another taste, even where a training comes out as one before it did.
    private static String unused(String id, Set<String> taken) {
        String unused = id;
        for (int number = 2; !taken.add(unused); number++) {
            unused = id + "x" + number;
        }
        return unused;
    }

    private static Descent unmatched(
            TokenBook drafted,
            @Nullable Release before,
            List<TokenCard> retired,
            Dataset data,
            List<Person> people,
            String note) {
        return new Descent(
                drafted,
                HistoryPanel.draw(data, people).bytes(),
                new Lineage(
                        before == null ? null : before.digest(),
                        drafted.tokens().stream()
                                .map(token -> new Lineage.Token(token.id(), null, 0))
                                .toList(),
                        retired.stream().map(TokenCard::id).toList(),
                        note));
    }

    /// @return `[people][tokens]`
    static float[][] activations(OnnxTasteModel model, HistoryPanel panel) {
        return model.tastes(model.items(panel.items()), panel.histories()).stream()
                .map(Taste::activations)
                .toArray(float[][]::new);
    }
}

package dev.konomi.cli.bench;

import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.Picture;
import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.OnnxItemEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// One person's history of 8 liked and 8 disliked pictures, and the pictures that are to be
/// scored: painted and encoded.
///
/// @param contents of all items, the history's first
/// @param encodings of all items
/// @param history 8 choices
/// @param candidates indices of the pictures to score
record Exhibits(List<ItemContent> contents, List<Encoding> encodings, List<Observation> history, int[] candidates) {
    /// Pairs in the history.
    static final int PAIRS = 8;

    private static final long HOUR = 3_600_000;
    private static final long SEED = 2026;

    static Exhibits of(OnnxItemEncoder encoder, int candidates) {
        int items = 2 * PAIRS + candidates;
        List<ItemContent> contents = new ArrayList<>();
        for (Picture picture : Catalogue.of(SEED, items, false).pictures()) {
            contents.add(new ItemContent(picture.jpeg(), picture.prompt(), List.of()));
        }
        List<Observation> history = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            history.add(new Choice(2 * pair, 2 * pair + 1, 1, (pair + 1) * HOUR));
        }
        return new Exhibits(
                contents,
                encoder.encode(contents),
                history,
                IntStream.range(2 * PAIRS, items).toArray());
    }

    /// @return the images that the published protocol encodes for one candidate
    List<ItemContent> images() {
        return contents.subList(0, 2 * PAIRS + 1).stream()
                .map(content -> new ItemContent(content.image(), null, List.of()))
                .toList();
    }
}

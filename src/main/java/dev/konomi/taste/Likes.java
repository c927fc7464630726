package dev.konomi.taste;

import dev.konomi.item.Items;
import dev.konomi.item.Thumbnails;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Shows what a person liked: a thumbnail, or the text of what has no image. Computes and waits on the calling thread.
@ApplicationScoped
class Likes {
    private static final int LONGEST_TEXT = 200;

    private final Items items;
    private final Thumbnails thumbnails;

    Likes(Items items, Thumbnails thumbnails) {
        this.items = items;
        this.thumbnails = thumbnails;
    }

    /// @param tenant whose items
    /// @param digests content digests, the most important first
    /// @param pictures whether thumbnails are wanted
    /// @return one for each, by digest, in their order
    Map<String, ScoreAnswer.Like> shown(String tenant, Set<String> digests, boolean pictures) {
        Map<String, Items.Sight> sights = items.sights(tenant, digests).await().indefinitely();
        Set<String> images = new LinkedHashSet<>();
        for (String digest : digests) {
            Items.Sight sight = sights.get(digest);
            if (pictures && sight != null && !sight.removed() && sight.image() != null) {
                images.add(sight.image());
            }
        }
        Map<String, byte[]> files = thumbnails.of(tenant, images);
        Map<String, ScoreAnswer.Like> shown = new LinkedHashMap<>();
        for (String digest : digests) {
            Items.Sight sight = sights.get(digest);
            shown.put(
                    digest,
                    sight == null
                            ? new ScoreAnswer.Like(new ScoreAnswer.Item(null, digest), null, null, false)
                            : like(digest, sight, files));
        }
        return shown;
    }

    private static ScoreAnswer.Like like(String digest, Items.Sight sight, Map<String, byte[]> files) {
        ScoreAnswer.Item item = new ScoreAnswer.Item(sight.key(), digest);
        if (sight.removed()) {
            return new ScoreAnswer.Like(item, null, null, true);
        }
        if (sight.image() == null) {
            return new ScoreAnswer.Like(item, null, shortened(Objects.requireNonNullElse(sight.text(), "")), false);
        }
        byte[] file = files.get(sight.image());
        return new ScoreAnswer.Like(item, file == null ? null : uri(file), null, false);
    }

    private static String uri(byte[] jpeg) {
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
    }

    /// Never cuts a character that Java keeps in two.
    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
    }
}

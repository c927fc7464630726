package dev.konomi.cli.pilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.konomi.cli.Bar;
import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.Picture;
import dev.konomi.item.ContentDigest;
import dev.konomi.item.ItemContent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Gatherers;

/// Paints a catalogue and brings it to `put-items`, as an app would that has just made its images.
final class Uploads {
    private static final int AT_ONCE = 40;

    private final FunctionClient functions;

    Uploads(FunctionClient functions) {
        this.functions = functions;
    }

    /// @param prefix of the items' keys, see [#key]
    /// @return the items' content digests, by picture number
    /// @throws IllegalStateException when an item is refused
    List<String> put(Catalogue catalogue, String prefix, Bar bar) {
        try (ExecutorService painters = Executors.newFixedThreadPool(2)) {
            List<Future<List<String>>> parts = catalogue.pictures().stream()
                    .gather(Gatherers.windowFixed(AT_ONCE))
                    .map(part -> painters.submit(put(part, prefix, bar)))
                    .toList();
            List<String> digests = new ArrayList<>(catalogue.size());
            for (Future<List<String>> part : parts) {
                digests.addAll(part.get());
            }
            return digests;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while pictures were painted.", interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("The gallery could not be brought to put-items.", failed.getCause());
        }
    }

    /// Has all items encoded that are not yet.
    void encode(Bar bar) {
        ObjectNode call = JsonNodeFactory.instance.objectNode().put("missing", true);
        JsonNode answer;
        do {
            answer = functions.call("encode-items", call);
            if (!answer.path("refused").isEmpty()) {
                throw new IllegalStateException("encode-items refused painted pictures: " + answer.path("refused"));
            }
            bar.step(answer.path("encoded").asLong());
        } while (answer.path("more").asBoolean());
    }

    /// @param number of a picture in its catalogue
    /// @return the key that its item has
    static String key(String prefix, int number) {
        return prefix + number;
    }

    private Callable<List<String>> put(List<Picture> pictures, String prefix, Bar bar) {
        return () -> {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            List<String> digests = new ArrayList<>(pictures.size());
            for (Picture picture : pictures) {
                byte[] image = picture.jpeg();
                digests.add(ContentDigest.of(new ItemContent(image, picture.prompt(), List.of())));
                items.addObject()
                        .put("key", key(prefix, picture.number()))
                        .put("image", image)
                        .put("text", picture.prompt());
                bar.step(1);
            }
            ObjectNode call = JsonNodeFactory.instance.objectNode();
            call.set("items", items);
            for (JsonNode result : functions.call("put-items", call).path("results")) {
                if (result.path("status").asText().equals("refused")) {
                    throw new IllegalStateException("put-items refused a painted picture: " + result);
                }
            }
            return digests;
        };
    }
}

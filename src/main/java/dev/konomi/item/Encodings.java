package dev.konomi.item;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The frozen encoder's output, kept by tenant, content digest and encoder digest. An encoding
/// never changes, so nothing is ever stale: another encoder has another digest.
@ApplicationScoped
public class Encodings {
    /// How many contents are read and encoded at once: memory holds their images.
    private static final int AT_ONCE = 32;

    private final Pool pool;
    private final Items items;
    private final ItemEncoder encoder;

    Encodings(Pool pool, Items items, ItemEncoder encoder) {
        this.pool = pool;
        this.items = items;
        this.encoder = encoder;
    }

    /// What came of encoding.
    ///
    /// @param encodings by content digest
    /// @param refused by content digest: why the image cannot be read and what to do
    /// @param unknown content digests that are not stored
    public record Encoded(Map<String, Encoding> encodings, Map<String, String> refused, List<String> unknown) {
        public Encoded {
            encodings = Map.copyOf(encodings);
            refused = Map.copyOf(refused);
            unknown = List.copyOf(unknown);
        }
    }

    /// @return digest of the encoder that works here
    public String encoder() {
        return encoder.digest();
    }

    /// @param tenant whose items
    /// @param encoderDigest which encoder's
    /// @param digests content digests, in any number
    /// @return the encodings that are kept, by content digest
    public Uni<Map<String, Encoding>> kept(String tenant, String encoderDigest, Collection<String> digests) {
        if (digests.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return pool.preparedQuery("""
                        select digest, image, words from encoding
                        where tenant = $1 and encoder = $2 and digest = any($3)""")
                .execute(Tuple.of(tenant, encoderDigest, digests.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Encoding> kept = HashMap.newHashMap(rows.size());
                    for (Row row : rows) {
                        kept.put(row.getString(0), Encoding.of(bytes(row, 1), bytes(row, 2)));
                    }
                    return kept;
                });
    }

    /// @param tenant whose items
    /// @param after content digest to begin behind; empty to begin at the first
    /// @param most how many at most
    /// @return digests of stored contents without an encoding, ascending
    public Uni<List<String>> missing(String tenant, String after, int most) {
        return pool.preparedQuery("""
                        select digest from content c
                        where tenant = $1 and digest > $3
                          and not exists (select 1 from encoding e
                                          where e.tenant = $1 and e.digest = c.digest and e.encoder = $2)
                        order by digest limit $4""")
                .execute(Tuple.of(tenant, encoder.digest(), after, most))
                .map(rows -> {
                    List<String> missing = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        missing.add(row.getString(0));
                    }
                    return missing;
                });
    }

    /// Encodes stored contents and keeps what comes of it. Computes, and waits, on the calling
    /// thread.
    ///
    /// @param tenant whose items
    /// @param digests content digests without an encoding, each once
    /// @return what came of each
    public Encoded encode(String tenant, List<String> digests) {
        Map<String, Encoding> encodings = new LinkedHashMap<>();
        Map<String, String> refused = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (int from = 0; from < digests.size(); from += AT_ONCE) {
            List<String> part = digests.subList(from, Math.min(digests.size(), from + AT_ONCE));
            Map<String, ItemContent> contents =
                    items.contents(tenant, part).await().indefinitely();
            part.stream().filter(digest -> !contents.containsKey(digest)).forEach(unknown::add);
            Map<String, Encoding> fresh = encode(contents, refused);
            keep(tenant, fresh).await().indefinitely();
            encodings.putAll(fresh);
        }
        return new Encoded(encodings, refused, unknown);
    }

    /// Encodes contents that came with a call, without keeping anything.
    ///
    /// @param contents by content digest
    /// @return what came of each
    public Encoded encode(Map<String, ItemContent> contents) {
        Map<String, String> refused = new LinkedHashMap<>();
        return new Encoded(encode(contents, refused), refused, List.of());
    }

    private Map<String, Encoding> encode(Map<String, ItemContent> contents, Map<String, String> refused) {
        List<Map.Entry<String, ItemContent>> entries = List.copyOf(contents.entrySet());
        Map<String, Encoding> fresh = new LinkedHashMap<>();
        if (entries.isEmpty()) {
            return fresh;
        }
        try {
            List<Encoding> all =
                    encoder.encode(entries.stream().map(Map.Entry::getValue).toList());
            for (int i = 0; i < entries.size(); i++) {
                fresh.put(entries.get(i).getKey(), all.get(i));
            }
        } catch (ImageRefused oneOfThem) {
            for (Map.Entry<String, ItemContent> entry : entries) {
                try {
                    fresh.put(
                            entry.getKey(),
                            encoder.encode(List.of(entry.getValue())).getFirst());
                } catch (ImageRefused reason) {
                    refused.put(entry.getKey(), String.valueOf(reason.getMessage()));
                }
            }
        }
        return fresh;
    }

    /// @param tenant whose items
    /// @param encodings this encoder's, by content digest
    /// @return kept
    public Uni<Void> keep(String tenant, Map<String, Encoding> encodings) {
        if (encodings.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<String, Encoding> ordered = new TreeMap<>(encodings);
        return pool.preparedQuery("""
                        insert into encoding (tenant, digest, encoder, image, words)
                        select $1, e.digest, $2, e.image, e.words
                        from unnest($3::text[], $4::bytea[], $5::bytea[]) as e(digest, image, words)
                        on conflict do nothing""")
                .execute(Tuple.from(new Object[] {
                    tenant,
                    encoder.digest(),
                    ordered.keySet().toArray(String[]::new),
                    buffers(ordered, Encoding::image),
                    buffers(ordered, Encoding::text)
                }))
                .replaceWithVoid();
    }

    private static byte @Nullable [] bytes(Row row, int column) {
        var buffer = row.getBuffer(column);
        return buffer == null ? null : buffer.getBytes();
    }

    private static @Nullable Buffer[] buffers(
            Map<String, Encoding> encodings, Function<Encoding, float @Nullable []> token) {
        @Nullable Buffer[] buffers = new Buffer[encodings.size()];
        int i = 0;
        for (Encoding encoding : encodings.values()) {
            byte[] bytes = Encoding.bytes(token.apply(encoding));
            buffers[i++] = bytes == null ? null : Buffer.buffer(bytes);
        }
        return buffers;
    }
}

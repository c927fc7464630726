package dev.konomi.train.lineage;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Histories that two releases are compared on, kept with each release and handed on unchanged: a release's
/// `panel.bin`, at most 2 MB.
///
/// It says neither who nor when nor of which item: no id of any person, no time, no key, digest or content of an item;
/// what is left are encodings rounded to eight bits and which was preferred. People stand in an order drawn by lot.
/// Somebody's choices can still be as telling as a fingerprint to whoever has them from elsewhere, so the file lies
/// where the release lies and is never served.
///
/// @param encoderDigest the encoder that all encodings come from
/// @param width `d_e`
/// @param items every encoding once
/// @param histories oldest first, over `items`
public record HistoryPanel(String encoderDigest, int width, List<Encoding> items, List<List<Observation>> histories) {
    /// The name of the file in a release.
    public static final String FILE = "panel.bin";

    private static final int SCHEMA = 1;
    private static final int MOST_PEOPLE = 512;
    private static final int MOST_OBSERVATIONS = 40;

    /// Shorter histories say too little of a taste.
    private static final int FEWEST_OBSERVATIONS = 8;

    private static final int MOST_ITEM_BYTES = 1_700_000;
    private static final int LARGEST_LEVEL = 127;
    private static final long SOME_HOURS = 6 * 3_600_000L;
    private static final int IMAGE = 1;
    private static final int TEXT = 2;
    private static final int CHOICE = 0;
    private static final int LIKE = 1;
    private static final int DISLIKE = 2;

    public HistoryPanel {
        items = List.copyOf(items);
        histories = histories.stream().map(List::copyOf).toList();
        for (List<Observation> history : histories) {
            for (Observation observation : history) {
                for (int item : items(observation)) {
                    if (item >= items.size()) {
                        throw new IllegalArgumentException(
                                "A history names item " + item + " of " + items.size() + ": give every item.");
                    }
                }
            }
        }
    }

    /// Draws people by lot, the newest observations of each. Where items would become too many, only those people
    /// follow whose observations are over items that are there already.
    ///
    /// @param data whose items the people's observations point into
    /// @param people some of its people; whoever has fewer than 8 observations is left out, unless all have
    public static HistoryPanel draw(Dataset data, List<Person> people) {
        int enough = people.stream().anyMatch(person -> person.observations().size() >= FEWEST_OBSERVATIONS)
                ? FEWEST_OBSERVATIONS
                : 1;
        int most = MOST_ITEM_BYTES / (2 * (data.width() + Float.BYTES) + 1);
        Map<Integer, Integer> places = new HashMap<>();
        List<Encoding> items = new ArrayList<>();
        List<List<Observation>> histories = new ArrayList<>();
        for (int person : lots(people.size())) {
            if (histories.size() == MOST_PEOPLE) {
                break;
            }
            List<Observation> all = people.get(person).observations();
            List<Observation> newest = all.subList(Math.max(0, all.size() - MOST_OBSERVATIONS), all.size());
            Set<Integer> unknown = new HashSet<>();
            newest.forEach(observation -> unknown.addAll(items(observation)));
            unknown.removeAll(places.keySet());
            boolean fits = places.size() + unknown.size() <= most;
            List<Observation> kept = newest.stream()
                    .filter(observation -> fits || places.keySet().containsAll(items(observation)))
                    .toList();
            if (kept.size() < enough) {
                continue;
            }
            List<Observation> history = new ArrayList<>();
            for (Observation observation : kept) {
                for (int item : items(observation)) {
                    if (places.putIfAbsent(item, items.size()) == null) {
                        items.add(rounded(data.items().get(item)));
                    }
                }
                history.add(moved(observation, places, history.size()));
            }
            histories.add(history);
        }
        return new HistoryPanel(data.encoderDigest(), data.width(), items, histories);
    }

    private static int[] lots(int count) {
        int[] lots = new int[count];
        SplittableRandom random = new SplittableRandom(count);
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            lots[i] = lots[j];
            lots[j] = i;
        }
        return lots;
    }

    private static List<Integer> items(Observation observation) {
        return switch (observation) {
            case Choice choice -> List.of(choice.chosen(), choice.rejected());
            case Opinion opinion -> List.of(opinion.item());
        };
    }

    private static Observation moved(Observation observation, Map<Integer, Integer> places, int place) {
        long at = place * SOME_HOURS;
        return switch (observation) {
            case Choice(int chosen, int rejected, float weight, long _) ->
                new Choice(places.getOrDefault(chosen, -1), places.getOrDefault(rejected, -1), weight, at);
            case Opinion(int item, boolean liked, float weight, long _) ->
                new Opinion(places.getOrDefault(item, -1), liked, weight, at);
        };
    }

    private static Encoding rounded(Encoding encoding) {
        return new Encoding(rounded(encoding.image()), rounded(encoding.text()));
    }

    private static float @Nullable [] rounded(float @Nullable [] token) {
        return token == null ? null : values(levels(token), step(token));
    }

    private static float step(float[] token) {
        float largest = 0;
        for (float value : token) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest / LARGEST_LEVEL;
    }

    private static byte[] levels(float[] token) {
        float step = step(token);
        byte[] levels = new byte[token.length];
        for (int k = 0; k < levels.length; k++) {
            levels[k] = (byte) (step == 0 ? 0 : Math.round(token[k] / step));
        }
        return levels;
    }

    private static float[] values(byte[] levels, float step) {
        float[] values = new float[levels.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = levels[k] * step;
        }
        return values;
    }

    /// @return content of a `panel.bin`
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(SCHEMA);
            out.writeUTF(encoderDigest);
            out.writeInt(width);
            out.writeInt(items.size());
            for (Encoding item : items) {
                out.writeByte((item.image() == null ? 0 : IMAGE) | (item.text() == null ? 0 : TEXT));
                write(out, item.image());
                write(out, item.text());
            }
            out.writeInt(histories.size());
            for (List<Observation> history : histories) {
                out.writeInt(history.size());
                for (Observation observation : history) {
                    write(out, observation);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, float @Nullable [] token) throws IOException {
        if (token != null) {
            out.writeFloat(step(token));
            out.write(levels(token));
        }
    }

    private static void write(DataOutputStream out, Observation observation) throws IOException {
        out.writeByte(
                switch (observation) {
                    case Choice _ -> CHOICE;
                    case Opinion opinion -> opinion.liked() ? LIKE : DISLIKE;
                });
        for (int item : items(observation)) {
            out.writeInt(item);
        }
        out.writeFloat(observation.weight());
    }

    /// @param bytes content of a `panel.bin`
    /// @throws IllegalArgumentException when it is none, says what is wrong
    public static HistoryPanel read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int schema = in.readInt();
            if (schema != SCHEMA) {
                throw new IllegalArgumentException(FILE + " has schema " + schema + ", this Konomi reads " + SCHEMA
                        + ": use the Konomi that wrote it.");
            }
            String digest = in.readUTF();
            int width = in.readInt();
            List<Encoding> items = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                int present = in.readByte();
                items.add(new Encoding(
                        (present & IMAGE) == 0 ? null : token(in, width),
                        (present & TEXT) == 0 ? null : token(in, width)));
            }
            List<List<Observation>> histories = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                List<Observation> history = new ArrayList<>();
                for (int more = in.readInt(); more > 0; more--) {
                    history.add(observation(in, history.size() * SOME_HOURS));
                }
                histories.add(history);
            }
            return new HistoryPanel(digest, width, items, histories);
        } catch (IOException e) {
            throw new IllegalArgumentException(FILE + " ends too early: it is none, or was cut short.", e);
        }
    }

    private static float[] token(DataInputStream in, int width) throws IOException {
        float step = in.readFloat();
        return values(in.readNBytes(width), step);
    }

    private static Observation observation(DataInputStream in, long at) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case CHOICE -> new Choice(in.readInt(), in.readInt(), in.readFloat(), at);
            case LIKE, DISLIKE -> new Opinion(in.readInt(), kind == LIKE, in.readFloat(), at);
            default ->
                throw new IllegalArgumentException(
                        FILE + " has an observation of kind " + kind + ": it is none, or was damaged.");
        };
    }
}

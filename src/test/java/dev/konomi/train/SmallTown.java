package dev.konomi.train;

import dev.konomi.item.ContentDigest;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A small town in the database: items that are points named by their words, people of three minds, their choices.
public final class SmallTown {
    /// Width of the encodings.
    public static final int WIDTH = 8;

    private static final long START = 1_767_225_600_000L;
    private static final long HOUR = 3_600_000;
    private static final double SHARPNESS = 8;

    private final DataSource database;
    private final String tenant;
    private final SplittableRandom random;
    private final List<String> items = new ArrayList<>();
    private final List<float[]> points = new ArrayList<>();
    private int people;
    private int events;

    public SmallTown(DataSource database, String tenant, long seed) {
        this.database = database;
        this.tenant = tenant;
        this.random = new SplittableRandom(seed);
    }

    /// An encoder that reads an item's point from its words.
    public static ItemEncoder encoder() {
        return new ItemEncoder() {
            @Override
            public String digest() {
                return "words-to-points";
            }

            @Override
            public int width() {
                return WIDTH;
            }

            @Override
            public List<Encoding> encode(List<ItemContent> items) {
                return items.stream()
                        .map(item -> new Encoding(null, point(item.text())))
                        .toList();
            }

            @Override
            public void close() {}
        };
    }

    private static float[] point(@Nullable String words) {
        SplittableRandom random = new SplittableRandom(String.valueOf(words).hashCode());
        float[] point = new float[WIDTH];
        for (int k = 0; k < WIDTH; k++) {
            point[k] = (float) random.nextGaussian();
        }
        return point;
    }

    /// Puts items.
    public SmallTown items(int count) {
        for (int i = 0; i < count; i++) {
            String words = "picture " + items.size() + " of " + tenant;
            String digest = ContentDigest.of(new ItemContent(null, words, List.of("small")));
            items.add(digest);
            points.add(point(words));
            run(
                    "insert into content (tenant, digest, words, tags) values (?, ?, ?, ?)",
                    tenant,
                    digest,
                    words,
                    new String[] {"small"});
        }
        return this;
    }

    public List<String> items() {
        return List.copyOf(items);
    }

    /// Lets new people choose between two items each time.
    ///
    /// @param truth share of choices that follow the person's mind; the others are turned round
    public SmallTown people(int count, int choices, double truth) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int p = 0; p < count; p++) {
                long person = person("p" + people++);
                float[] taste = taste(people % 3);
                for (int c = 0; c < choices; c++) {
                    int first = random.nextInt(items.size());
                    int second = (first + 1 + random.nextInt(items.size() - 1)) % items.size();
                    boolean likesFirst = random.nextDouble()
                            < 1 / (1 + Math.exp(-SHARPNESS * (dot(taste, first) - dot(taste, second))));
                    boolean told = random.nextDouble() < truth ? likesFirst : !likesFirst;
                    add(
                            connection,
                            insert,
                            person,
                            "Chosen",
                            START + c * HOUR,
                            items.get(told ? first : second),
                            List.of(items.get(told ? second : first)),
                            null);
                }
            }
            check(insert.executeBatch());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /// Tells one event of somebody.
    ///
    /// @return its id
    public String event(
            long person, String type, long hours, @Nullable String item, List<String> over, @Nullable String of) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            String id = add(connection, insert, person, type, START + hours * HOUR, item, over, of);
            check(insert.executeBatch());
            return id;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @return the surrogate id of somebody new
    public long person(String name) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into person (tenant, external_id) values (?, ?) returning person_id")) {
            insert.setString(1, tenant);
            insert.setString(2, name);
            try (ResultSet row = insert.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("no id");
                }
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final String INSERT = """
            insert into event (tenant, event_id, person_id, type, at_millis, item, over, of_event, fingerprint)
            values (?, ?, ?, ?, ?, ?, ?, ?, '')""";

    private String add(
            Connection connection,
            PreparedStatement insert,
            long person,
            String type,
            long at,
            @Nullable String item,
            List<String> over,
            @Nullable String of)
            throws SQLException {
        String id = "e" + events++;
        Array others = connection.createArrayOf("text", over.toArray());
        insert.setString(1, tenant);
        insert.setString(2, id);
        insert.setLong(3, person);
        insert.setString(4, type);
        insert.setLong(5, at);
        insert.setString(6, item);
        insert.setArray(7, others);
        insert.setString(8, of);
        insert.addBatch();
        return id;
    }

    private static void check(int[] inserted) {
        for (int rows : inserted) {
            if (rows != 1) {
                throw new IllegalStateException("An event was not inserted.");
            }
        }
    }

    private static float[] taste(int mind) {
        float[] taste = new float[WIDTH];
        taste[0] = 0.3f;
        taste[1 + 2 * mind] = 1;
        taste[2 + 2 * mind] = -1;
        return taste;
    }

    private double dot(float[] taste, int item) {
        double sum = 0;
        for (int k = 0; k < WIDTH; k++) {
            sum += taste[k] * points.get(item)[k];
        }
        return sum / Math.sqrt(WIDTH);
    }

    private void run(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("Nothing was inserted.");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

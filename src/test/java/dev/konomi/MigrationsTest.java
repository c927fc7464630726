package dev.konomi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Migrations expand first and contract a release later: while a deployment is under way, the previous version's
/// functions work on the new schema.
///
/// With a release, [#PREVIOUS] becomes the newest migration and `scripts/record-statements` records anew. What only
/// older versions used may be dropped from then on.
class MigrationsTest {
    /// The newest migration of the previous version.
    private static final String PREVIOUS = "3.1";

    private static final String COLUMNS = """
            select c.table_name || '.' || c.column_name,
                   c.udt_name || case c.is_nullable when 'NO' then ' not null' else '' end,
                   (c.column_default is not null or c.is_identity = 'YES' or c.is_nullable = 'YES')::text
            from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
              and c.table_name <> 'flyway_schema_history'""";

    private static final String CONSTRAINTS = """
            select conrelid::regclass || ': ' || pg_get_constraintdef(oid), 'constraint', 'true'
            from pg_constraint
            where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'p', 'u', 'x')
              and conrelid::regclass::text <> 'flyway_schema_history'
            union all
            select tablename || ': ' || indexdef, 'unique index', 'true' from pg_indexes
            where schemaname = 'public' and indexdef like 'CREATE UNIQUE%' and tablename <> 'flyway_schema_history'""";

    @Test
    void thePreviousVersionsStatementsRunOnTheNewSchema() throws Exception {
        DataSource database = MigratedDatabase.empty("statements");
        migrate(database, PREVIOUS);
        List<String> statements = statements();
        assertTrue(statements.size() > 30, statements.size() + " statements");
        assertEquals(List.of(), refused(database, statements), "the recorded statements are of " + PREVIOUS);
        migrate(database, "latest");
        assertEquals(List.of(), refused(database, statements));
    }

    @Test
    void theNewSchemaHoldsWhateverThePreviousVersionWrites() throws Exception {
        DataSource database = MigratedDatabase.empty("expanded");
        migrate(database, PREVIOUS);
        Schema before = Schema.of(database);
        migrate(database, "latest");
        assertEquals(List.of(), Schema.of(database).breaks(before));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "alter table event drop column unit; event.unit",
                "alter table event rename column unit to units; event.unit",
                "drop table taste_state; taste_state.own",
                "alter table event alter column value type text; event.value",
                "alter table event alter column unit set not null; event.unit",
                "alter table event add column source text not null; event.source",
                "alter table event add check (value > 0); event: CHECK",
                "create unique index one_decision on event (tenant, decision); event: CREATE UNIQUE",
                "alter table event add column source text not null default 'app'; ",
                "alter table event add column source text; ",
                "create table other (id bigint not null); ",
            })
    void whatWouldBreakThePreviousVersionIsFound(String migration, String found) throws Exception {
        DataSource database = MigratedDatabase.empty("broken");
        migrate(database, PREVIOUS);
        Schema before = Schema.of(database);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertEquals(false, statement.execute(migration));
        }
        List<String> breaks = Schema.of(database).breaks(before);
        if (found == null) {
            assertEquals(List.of(), breaks);
        } else {
            assertTrue(breaks.stream().anyMatch(b -> b.startsWith(found)), breaks::toString);
        }
    }

    /// @param columns by table and name: type, and whether somebody who does not know of it may insert
    /// @param constraints what the tables insist on
    private record Schema(SortedMap<String, List<String>> columns, SortedMap<String, List<String>> constraints) {
        static Schema of(DataSource database) throws SQLException {
            return new Schema(read(database, COLUMNS), read(database, CONSTRAINTS));
        }

        /// @return what somebody who knows the earlier schema can no longer do
        List<String> breaks(Schema before) {
            List<String> breaks = new ArrayList<>();
            before.columns.forEach((name, type) -> {
                List<String> now = columns.get(name);
                if (now == null) {
                    breaks.add(name + " is gone");
                } else if (!now.getFirst().equals(type.getFirst())
                        && !type.getFirst().equals(now.getFirst() + " not null")) {
                    breaks.add(name + " was " + type.getFirst() + " and is " + now.getFirst());
                }
            });
            columns.forEach((name, type) -> {
                if (!before.columns.containsKey(name)
                        && before.hasTable(name.substring(0, name.indexOf('.')))
                        && !Boolean.parseBoolean(type.getLast())) {
                    breaks.add(name + " is new and must be given");
                }
            });
            constraints.keySet().forEach(constraint -> {
                if (!before.constraints.containsKey(constraint)
                        && before.hasTable(constraint.substring(0, constraint.indexOf(':')))) {
                    breaks.add(constraint + " is new");
                }
            });
            return breaks;
        }

        private boolean hasTable(String table) {
            return columns.keySet().stream().anyMatch(name -> name.startsWith(table + "."));
        }

        private static SortedMap<String, List<String>> read(DataSource database, String sql) throws SQLException {
            SortedMap<String, List<String>> read = new TreeMap<>();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    read.put(rows.getString(1), List.of(rows.getString(2), rows.getString(3)));
                }
            }
            return read;
        }
    }

    private static void migrate(DataSource database, String target) {
        Flyway.configure().dataSource(database).target(target).load().migrate();
    }

    private static List<String> statements() throws IOException {
        try (var file = Objects.requireNonNull(MigrationsTest.class.getResourceAsStream("schema/statements.sql"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .toList();
        }
    }

    /// PostgreSQL parses and types a statement when it prepares it: tables, columns and the parameters' types.
    private static List<String> refused(DataSource database, List<String> statements) throws SQLException {
        List<String> refused = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < statements.size(); i++) {
                try {
                    statement.execute("prepare s" + i + " as " + statements.get(i));
                    statement.execute("deallocate s" + i);
                } catch (SQLException e) {
                    refused.add(e.getMessage() + " in " + statements.get(i));
                }
            }
        }
        return refused;
    }
}

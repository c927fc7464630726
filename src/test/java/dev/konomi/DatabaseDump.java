package dev.konomi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// All rows of a database, as `pg_dump --data-only` has them: by PostgreSQL's own COPY.
///
/// @param rows by table
public record DatabaseDump(Map<String, byte[]> rows) {
    public DatabaseDump {
        rows = Map.copyOf(rows);
    }

    public static DatabaseDump of(DataSource database) throws SQLException, IOException {
        Map<String, byte[]> rows = new TreeMap<>();
        try (Connection connection = database.getConnection()) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String table : names(connection, """
                    select tablename from pg_tables
                    where schemaname = 'public' and tablename <> 'flyway_schema_history'""")) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                copy.copyOut("copy " + table + " to stdout", bytes);
                rows.put(table, bytes.toByteArray());
            }
        }
        return new DatabaseDump(rows);
    }

    /// @param database with the same tables, all empty
    public void restore(DataSource database) throws SQLException, IOException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            // Rows come table by table, whichever refers to which.
            statement.execute("set session_replication_role = replica");
            for (var table : rows.entrySet()) {
                copy.copyIn("copy " + table.getKey() + " from stdin", new ByteArrayInputStream(table.getValue()));
            }
            statement.execute("set session_replication_role = default");
            for (String next : names(connection, """
                    select format('select setval(pg_get_serial_sequence(%L, %L), (select max(%I) from %I))',
                                  table_name, column_name, column_name, table_name)
                    from information_schema.columns
                    where table_schema = 'public' and is_identity = 'YES'""")) {
                statement.execute(next);
            }
        }
    }

    private static List<String> names(Connection connection, String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}

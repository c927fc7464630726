package dev.konomi.retrain;

import dev.konomi.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;

class PostgresRetrainQueueTest extends RetrainQueueContract {
    @Override
    RetrainQueue queue() {
        return new PostgresRetrainQueue(MigratedDatabase.dataSource());
    }

    /// Other tests use the same database.
    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = MigratedDatabase.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            int deleted = statement.executeUpdate("delete from retrain_message");
            assert deleted >= 0;
        }
    }
}

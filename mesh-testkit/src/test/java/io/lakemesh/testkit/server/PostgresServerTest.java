package io.lakemesh.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.testkit.server.PostgresServer.Database;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class PostgresServerTest {
    private static final String CREATE = "create table orders (id bigint)";

    @Test
    void givesEachCallerADatabaseOfItsOwn() {
        Database one = PostgresServer.shared().database();
        Database other = PostgresServer.shared().database();

        sql(one, one.password(), CREATE);
        sql(other, other.password(), CREATE);

        assertThat(one.url()).isNotEqualTo(other.url());
    }

    @Test
    void wantsThePassword() {
        Database database = PostgresServer.shared().database();

        assertThatThrownBy(() -> sql(database, "another", CREATE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("password authentication failed");
    }

    private static void sql(Database database, String password, String statement) {
        String address = database.url().substring("jdbc:".length());
        ProcessBuilder psql = new ProcessBuilder("psql", "-U", database.user(), "-c", statement, address);
        psql.environment().put("PGPASSWORD", password);
        Commands.run(psql);
    }
}

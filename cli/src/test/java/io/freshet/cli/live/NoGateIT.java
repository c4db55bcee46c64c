package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.command.Outcome;
import io.freshet.cli.stream.Cluster;
import io.freshet.local.LocalStack;
import io.freshet.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands where nobody answers. */
@Timeout(120)
class NoGateIT {

    @TempDir
    Path directory;

    @Test
    void saysThatTheGateDidNotAnswerAndThatTheCommandIsSent() {
        try (LocalStack local = LocalStack.start(directory)) {
            Cluster cluster = Cluster.local(local.bootstrapServers(), local.registryUrl(), "freshet");
            try (Admin admin = Admin.create(Map.copyOf(cluster.clientSettings()))) {
                TopicCatalogue.of("freshet", 1).ensure(admin);
            }

            Outcome outcome = new Person(cluster).says("hold", "--reason", "look first", "--timeout", "1");

            assertThat(outcome.code()).isEqualTo(75);
            assertThat(outcome.err()).contains("no answer from the gate within 1 s");
        }
    }
}

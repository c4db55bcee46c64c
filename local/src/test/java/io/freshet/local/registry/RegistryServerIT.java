package io.freshet.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.local.EmbeddedBroker;
import io.freshet.schemas.RegistryRefusedException;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.UnknownSchemaException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class RegistryServerIT {

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(directory.resolve("broker"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void keepsSchemasAndLevelsInTheBroker() {
        int id;
        try (RegistryServer server = RegistryServer.start(broker.bootstrapServers(), 0)) {
            id = SchemaRegistry.connect(server.url(), Map.of()).register("kept/in it-value", Schemas.NAME);
        }

        try (RegistryServer server = RegistryServer.start(broker.bootstrapServers(), 0)) {
            SchemaRegistry registry = SchemaRegistry.connect(server.url(), Map.of());

            assertThat(registry.byId(id)).isEqualTo(Schemas.NAME);
            assertThat(registry.register("kept/in it-value", Schemas.NAME)).isEqualTo(id);
            assertThatThrownBy(() -> registry.register("kept/in it-value", Schemas.NAME_AND_SIZE))
                    .isInstanceOfSatisfying(
                            RegistryRefusedException.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(409))
                    .hasMessageContaining("size");
            assertThatThrownBy(() -> registry.byId(4711)).isInstanceOf(UnknownSchemaException.class);
        }
    }

    @Test
    void answersErrorsInTheProtocolsForm() throws Exception {
        try (RegistryServer server = RegistryServer.start(broker.bootstrapServers(), 0)) {
            HttpResponse<String> unknown = send(server, "GET", "/subjects/nothing/versions", "");
            HttpResponse<String> garbage = send(server, "POST", "/subjects/s/versions", "{not json");
            HttpResponse<String> escape = send(server, "GET", "/subjects/a%2Fb/versions", "");

            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.headers().firstValue("Content-Type")).contains("application/vnd.schemaregistry.v1+json");
            assertThat(unknown.body()).contains("\"error_code\":40401").contains("'nothing' not found");
            assertThat(garbage.statusCode()).isEqualTo(400);
            assertThat(garbage.body()).contains("not JSON");
            assertThat(escape.body()).contains("'a/b' not found");
        }
    }

    private static HttpResponse<String> send(RegistryServer server, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}

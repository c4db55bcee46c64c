package io.freshet.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Client of any schema registry that speaks the Confluent REST protocol. Thread-safe; holds nothing to close. */
public final class SchemaRegistry {

    static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private record Registration(String subject, Schema schema) {}

    private final RegistryHttp http;
    private final boolean mayRegister;
    private final ConcurrentMap<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<Registration, Integer> ids = new ConcurrentHashMap<>();

    private SchemaRegistry(RegistryHttp http, boolean mayRegister) {
        this.http = http;
        this.mayRegister = mayRegister;
    }

    /**
     * Returns a client of the registry at {@code url}; no request is made yet.
     *
     * @param settings keys of {@link RegistryConfig}; keys without its prefix are passed over
     */
    public static SchemaRegistry connect(String url, Map<String, String> settings) {
        RegistryConfig config = RegistryConfig.from(settings);
        return new SchemaRegistry(new RegistryHttp(url, config), config.register());
    }

    /**
     * Returns the id of {@code schema} under {@code subject}, registering it if it is new. A subject without a
     * compatibility of its own is held to FULL_TRANSITIVE from then on.
     *
     * @throws RegistryRefusedException if the schema is incompatible with a registered version (status 409), if it is not
     *     registered and {@link RegistryConfig#REGISTER} is off (404), or if a permission is missing
     * @throws RegistryUnavailableException if the registry does not answer
     */
    public int register(String subject, Schema schema) {
        Registration registration = new Registration(subject, schema);
        Integer known = ids.get(registration);
        if (known != null) {
            return known;
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", PortableSchema.json(schema));
        String path = "/subjects/" + encoded(subject);
        if (mayRegister) {
            holdToCompatibility(subject);
            path += "/versions";
        }
        int id = http.post(path, body).path("id").asInt();
        ids.put(registration, id);
        return id;
    }

    /**
     * Returns the schema with that id, in whatever subject it is.
     *
     * @throws UnknownSchemaException if the registry has none
     * @throws UnusableSchemaException if it is not a self-contained Avro schema
     * @throws RegistryUnavailableException if the registry does not answer
     */
    public Schema byId(int id) {
        Schema known = byId.get(id);
        if (known != null) {
            return known;
        }
        Schema schema = parse(id, fetch(id));
        byId.put(id, schema);
        return schema;
    }

    private JsonNode fetch(int id) {
        try {
            return http.get("/schemas/ids/" + id);
        } catch (RegistryRefusedException e) {
            if (e.status() == 404) {
                throw new UnknownSchemaException(id, e);
            }
            throw e;
        }
    }

    private static Schema parse(int id, JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") || !answer.path("references").isEmpty()) {
            throw new UnusableSchemaException(
                    "schema id %d is of type %s with %d references; write records with one self-contained Avro schema"
                            .formatted(id, type, answer.path("references").size()),
                    null);
        }
        try {
            return new Schema.Parser().parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new UnusableSchemaException(
                    "schema id %d is not a valid Avro schema: %s".formatted(id, e.getMessage()), e);
        }
    }

    private void holdToCompatibility(String subject) {
        String path = "/config/" + encoded(subject);
        try {
            http.get(path);
        } catch (RegistryRefusedException e) {
            if (e.status() != 404) {
                throw e;
            }
            http.put(path, JsonNodeFactory.instance.objectNode().put("compatibility", COMPATIBILITY));
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

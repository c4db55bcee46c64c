package io.freshet.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;

/** How to reach a schema registry: authentication, TLS and patience. The address itself is given apart from these. */
public final class RegistryConfig {

    public static final String PREFIX = "schema.registry.";
    public static final String USER = PREFIX + "basic.auth.user";
    public static final String PASSWORD = PREFIX + "basic.auth.password";
    public static final String TOKEN = PREFIX + "bearer.auth.token";
    public static final String TRUSTSTORE = PREFIX + "ssl.truststore.location";
    public static final String TRUSTSTORE_PASSWORD = PREFIX + "ssl.truststore.password";
    public static final String TRUSTSTORE_TYPE = PREFIX + "ssl.truststore.type";
    public static final String REGISTER = PREFIX + "register";
    public static final String REQUEST_TIMEOUT = PREFIX + "request.timeout.ms";
    public static final String RETRY_TIMEOUT = PREFIX + "retry.timeout.ms";

    public static final ConfigDef DEFINITION = addTo(new ConfigDef());

    private static final String URL = PREFIX + "url";

    private final AbstractConfig values;

    private RegistryConfig(AbstractConfig values) {
        this.values = values;
    }

    /** Adds the registry's settings to a service's own definition. */
    public static ConfigDef addTo(ConfigDef definition) {
        return addPatienceTo(addTrustTo(addAuthenticationTo(definition)))
                .define(
                        REGISTER,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Whether schemas are registered on first use. With false they must be in the registry already.");
    }

    private static ConfigDef addAuthenticationTo(ConfigDef definition) {
        return definition
                .define(USER, Type.STRING, "", Importance.MEDIUM, "User of basic authentication; empty for none.")
                .define(PASSWORD, Type.PASSWORD, "", Importance.MEDIUM, "Password of basic authentication.")
                .define(
                        TOKEN,
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Token of bearer authentication; empty for none. Excludes basic authentication.");
    }

    private static ConfigDef addTrustTo(ConfigDef definition) {
        return definition
                .define(
                        TRUSTSTORE,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "File of the certificates to trust on https; empty for those of the JVM.")
                .define(TRUSTSTORE_PASSWORD, Type.PASSWORD, "", Importance.MEDIUM, "Password of the trust store.")
                .define(
                        TRUSTSTORE_TYPE,
                        Type.STRING,
                        "PKCS12",
                        ValidString.in("PKCS12", "JKS", "PEM"),
                        Importance.LOW,
                        "Type of the trust store: PKCS12, JKS or PEM.");
    }

    private static ConfigDef addPatienceTo(ConfigDef definition) {
        return definition
                .define(
                        REQUEST_TIMEOUT,
                        Type.INT,
                        10_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait for one answer of the registry, milliseconds.")
                .define(
                        RETRY_TIMEOUT,
                        Type.INT,
                        30_000,
                        Range.atLeast(0),
                        Importance.LOW,
                        "How long requests are repeated while the registry cannot be reached, milliseconds.");
    }

    /**
     * Reads the keys of {@code given} that begin with {@code schema.registry.}; all others, and the URL, are passed over.
     *
     * @throws ConfigException naming every malformed, contradictory and unknown key at once
     */
    public static RegistryConfig from(Map<String, String> given) {
        Map<String, String> own = new TreeMap<>(given);
        own.keySet().removeIf(key -> !key.startsWith(PREFIX) || key.equals(URL));
        List<String> problems = new ArrayList<>();
        for (ConfigValue value : DEFINITION.validate(own)) {
            problems.addAll(value.errorMessages());
        }
        for (String key : own.keySet()) {
            if (!DEFINITION.names().contains(key)) {
                problems.add("%s is not a known setting; known are %s".formatted(key, DEFINITION.names()));
            }
        }
        if (!own.getOrDefault(USER, "").isEmpty()
                && !own.getOrDefault(TOKEN, "").isEmpty()) {
            problems.add("%s and %s are both set; remove one of them".formatted(USER, TOKEN));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("\n", problems));
        }
        return new RegistryConfig(new AbstractConfig(DEFINITION, own, false));
    }

    String user() {
        return values.getString(USER);
    }

    Password password() {
        return values.getPassword(PASSWORD);
    }

    Password token() {
        return values.getPassword(TOKEN);
    }

    String truststore() {
        return values.getString(TRUSTSTORE);
    }

    Password truststorePassword() {
        return values.getPassword(TRUSTSTORE_PASSWORD);
    }

    String truststoreType() {
        return values.getString(TRUSTSTORE_TYPE);
    }

    boolean register() {
        return values.getBoolean(REGISTER);
    }

    int requestTimeoutMillis() {
        return values.getInt(REQUEST_TIMEOUT);
    }

    int retryTimeoutMillis() {
        return values.getInt(RETRY_TIMEOUT);
    }
}

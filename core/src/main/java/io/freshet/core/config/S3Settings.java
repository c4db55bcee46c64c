package io.freshet.core.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * How to reach an S3 store.
 *
 * @param endpoint address of a service that speaks S3; empty for AWS itself
 * @param region region, or empty for what AWS's default chain finds
 * @param pathStyle whether the bucket is part of the path instead of the host name
 * @param credentials access key and secret, or empty for AWS's default chain
 */
public record S3Settings(
        Optional<String> endpoint, Optional<String> region, boolean pathStyle, Optional<Credentials> credentials) {

    public static final String PREFIX = "checkpoint.store.s3.";
    public static final String ENDPOINT = PREFIX + "endpoint";
    public static final String REGION = PREFIX + "region";
    public static final String PATH_STYLE = PREFIX + "path.style";
    public static final String ACCESS_KEY = PREFIX + "access.key";
    public static final String SECRET_KEY = PREFIX + "secret.key";

    private static final SettingsRule BOTH_KEYS_OR_NEITHER = new SettingsRule(
            Set.of(ACCESS_KEY, SECRET_KEY),
            s -> s.optional(ACCESS_KEY).isPresent() == s.secret(SECRET_KEY).isPresent()
                    ? Optional.empty()
                    : Optional.of("%s and %s go together: give both, or neither to use AWS's default chain"
                            .formatted(ACCESS_KEY, SECRET_KEY)));

    /** The two halves of a static credential; the text form hides the secret. */
    public record Credentials(String accessKey, String secretKey) {
        @Override
        public String toString() {
            return "Credentials[accessKey=%s, secretKey=[hidden]]".formatted(accessKey);
        }
    }

    /**
     * Reads the settings that begin with {@link #PREFIX}; other keys are not looked at.
     *
     * @throws ConfigException naming every problem at once
     */
    public static S3Settings from(Map<String, String> given) {
        Map<String, String> own = new TreeMap<>(given);
        own.keySet().removeIf(key -> !key.startsWith(PREFIX));
        Settings settings = Settings.read(addTo(new ConfigDef()), own, BOTH_KEYS_OR_NEITHER);
        return new S3Settings(
                settings.optional(ENDPOINT),
                settings.optional(REGION),
                settings.flag(PATH_STYLE),
                settings.optional(ACCESS_KEY)
                        .flatMap(key -> settings.secret(SECRET_KEY).map(secret -> new Credentials(key, secret))));
    }

    static ConfigDef addTo(ConfigDef definition) {
        return definition
                .define(
                        ENDPOINT,
                        Type.STRING,
                        "",
                        ConfigDef.LambdaValidator.with(S3Settings::requireAddress, () -> "empty, http:// or https://"),
                        Importance.MEDIUM,
                        "Address of an S3-compatible service, for example http://minio:9000; empty for AWS.")
                .define(
                        REGION,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Region; empty for what AWS's default chain finds, or us-east-1 where an endpoint is given.")
                .define(
                        PATH_STYLE,
                        Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Put the bucket into the path instead of the host name; most S3-compatible services need true.")
                .define(
                        ACCESS_KEY,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Access key; empty for AWS's default chain (environment, profile, instance role).")
                .define(SECRET_KEY, Type.PASSWORD, "", Importance.MEDIUM, "Secret that belongs to the access key.");
    }

    private static void requireAddress(String key, Object value) {
        String text = String.valueOf(value);
        if (!text.isEmpty() && !text.matches("https?://[^/\\s]+.*")) {
            throw new org.apache.kafka.common.config.ConfigException(
                    key, value, "must begin with http:// or https:// and name a host");
        }
    }
}

package io.freshet.cli.command;

import io.freshet.cli.services.PropertiesFile;
import io.freshet.cli.stream.Cluster;
import io.freshet.core.config.CommonConfig;
import io.freshet.schemas.RegistryConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the cluster is: said by options, by a file, or found because {@code freshet up} runs here. */
final class ConnectionOptions {

    @Spec(Target.MIXEE)
    CommandSpec spec;

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "Kafka brokers.")
    @Nullable
    String bootstrapServers;

    @Option(names = "--registry", paramLabel = "URL", description = "Schema registry (Confluent REST protocol).")
    @Nullable
    String registry;

    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            description = "Prefix of the model's topics; freshet if not said.")
    @Nullable
    String modelName;

    @Option(names = "--store", paramLabel = "URI", description = "Checkpoint store, if not as the records say.")
    @Nullable
    String store;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties with further settings, for example consumer.security.protocol.")
    @Nullable
    Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Directory of the 'freshet up' to use where no servers are said; ${DEFAULT-VALUE} if not said.",
            defaultValue = Addresses.DEFAULT_DATA)
    Path data;

    /**
     * Puts options over file over running stack.
     *
     * @throws ParameterException if no cluster was said or found
     */
    Map<String, String> settings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        if (bootstrapServers == null) {
            settings.putAll(Addresses.find(data).orElse(Map.of()));
        }
        settings.putAll(given());
        if (!settings.containsKey(CommonConfig.BOOTSTRAP_SERVERS) || !settings.containsKey(CommonConfig.REGISTRY_URL)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no cluster: say --bootstrap-servers and --registry, or start 'freshet up' (none runs on %s)"
                            .formatted(data.toAbsolutePath()));
        }
        return settings;
    }

    /** Returns what was said on the command line, over what is in the file that was said there. */
    Map<String, String> given() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        if (config != null) {
            settings.putAll(PropertiesFile.read(config));
        }
        put(settings, CommonConfig.BOOTSTRAP_SERVERS, bootstrapServers);
        put(settings, CommonConfig.REGISTRY_URL, registry);
        put(settings, CommonConfig.MODEL_NAME, modelName);
        put(settings, CommonConfig.STORE, store);
        return settings;
    }

    Cluster cluster() throws IOException {
        return cluster(settings());
    }

    /** Takes from settings what Kafka clients and the registry's client need. */
    static Cluster cluster(Map<String, String> settings) {
        Map<String, String> client = new TreeMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith("consumer.")) {
                client.put(key.substring("consumer.".length()), value);
            } else if (key.startsWith(RegistryConfig.PREFIX) && !key.equals(CommonConfig.REGISTRY_URL)) {
                client.put(key, value);
            }
        });
        return new Cluster(
                settings.getOrDefault(CommonConfig.BOOTSTRAP_SERVERS, ""),
                settings.getOrDefault(CommonConfig.REGISTRY_URL, ""),
                settings.getOrDefault(CommonConfig.MODEL_NAME, "freshet"),
                client);
    }

    private static void put(Map<String, String> settings, String key, @Nullable String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}

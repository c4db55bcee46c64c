package io.freshet.cli.services;

import io.freshet.core.lifecycle.Service;
import io.freshet.evaluator.gate.GateConfig;
import io.freshet.evaluator.gate.GateService;
import io.freshet.evaluator.scorer.ScorerConfig;
import io.freshet.evaluator.scorer.ScorerService;
import io.freshet.ingest.IngestConfig;
import io.freshet.ingest.IngestService;
import io.freshet.trainer.TrainerConfig;
import io.freshet.trainer.TrainerService;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigDef;

/** The services, in the order in which the data meets them. */
@SuppressWarnings(
        "ImmutableEnumChecker") // suppliers, so that no service's class is loaded before the log has its place
public enum ServiceKind {
    INGEST(() -> IngestConfig.DEFINITION, settings -> new IngestService(IngestConfig.from(settings))),
    TRAINER(() -> TrainerConfig.DEFINITION, settings -> new TrainerService(TrainerConfig.from(settings))),
    GATE(() -> GateConfig.DEFINITION, settings -> new GateService(GateConfig.from(settings))),
    SCORER(() -> ScorerConfig.DEFINITION, settings -> new ScorerService(ScorerConfig.from(settings)));

    private final Supplier<ConfigDef> definition;
    private final Function<Map<String, String>, Service> maker;

    ServiceKind(Supplier<ConfigDef> definition, Function<Map<String, String>, Service> maker) {
        this.definition = definition;
        this.maker = maker;
    }

    /** The name on the command line. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    public ConfigDef definition() {
        return definition.get();
    }

    /**
     * Makes the service; it does nothing until it is started.
     *
     * @throws io.freshet.core.config.ConfigException naming every unusable setting
     */
    public Service make(Map<String, String> settings) {
        return maker.apply(settings);
    }

    /** Returns those of the settings of all services that this one understands, what passes through to Kafka included. */
    public Map<String, String> own(Map<String, String> all) {
        Map<String, String> own = new TreeMap<>(all);
        own.keySet().removeIf(key -> !definition().names().contains(key) && !SettingsForAll.passesThrough(key));
        return own;
    }
}

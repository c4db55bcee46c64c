package io.freshet.core.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Turns a definition into the Markdown table that {@code docs/configuration.md} shows. */
public final class ConfigurationTable {

    private static final String HEADER = "| key | type | default | valid | meaning |\n|---|---|---|---|---|\n";

    private ConfigurationTable() {}

    /**
     * Returns the table of {@code definition}: one row a setting, required ones first, then by key. The temporary
     * directory of this machine appears as {@code ${java.io.tmpdir}}, so that the page is the same everywhere.
     */
    public static String markdown(ConfigDef definition) {
        StringBuilder table = new StringBuilder(HEADER);
        List<ConfigKey> keys = definition.configKeys().values().stream()
                .filter(key -> !key.internalConfig)
                .sorted(Comparator.comparing(ConfigKey::hasDefault).thenComparing(key -> key.name))
                .toList();
        for (ConfigKey key : keys) {
            table.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            key.name,
                            key.type.name().toLowerCase(Locale.ROOT),
                            shownDefault(key),
                            key.validator == null ? "" : cell(key.validator.toString()),
                            cell(key.documentation)));
        }
        return table.toString();
    }

    private static String shownDefault(ConfigKey key) {
        if (!key.hasDefault()) {
            return "**required**";
        }
        if (key.defaultValue == null || key.type == Type.PASSWORD) {
            return "";
        }
        String text = ConfigDef.convertToString(key.defaultValue, key.type);
        String temporary = System.getProperty("java.io.tmpdir");
        return text.isEmpty() ? "" : "`" + cell(text.replace(temporary, "${java.io.tmpdir}")) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ").trim();
    }
}

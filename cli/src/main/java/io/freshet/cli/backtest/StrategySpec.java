package io.freshet.cli.backtest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A strategy as it is asked for: {@code name}, {@code name{key=value;key=value}} or {@code label:name{…}}.
 *
 * @param label what it is called in the table; no two have the same
 * @param name of the strategy
 * @param settings over the defaults and over those that hold for all
 */
public record StrategySpec(String label, String name, Map<String, String> settings) {

    private static final Pattern SPEC = Pattern.compile("(?:([^:{}]+):)?([^:{}]+?)(?:\\{([^{}]*)\\})?");

    public StrategySpec {
        settings = Map.copyOf(settings);
    }

    /**
     * Reads several, separated by commas outside of braces.
     *
     * @param problems gets one line for everything that is wrong
     */
    static List<StrategySpec> parse(String text, List<String> problems) {
        List<StrategySpec> specs = new ArrayList<>();
        Set<String> labels = new LinkedHashSet<>();
        for (String part : text.split(",(?![^{]*\\})", -1)) {
            Matcher matcher = SPEC.matcher(part.strip());
            if (!matcher.matches()) {
                problems.add("strategy '%s': name, name{key=value;key=value} or label:name{…} is wanted"
                        .formatted(part.strip()));
                continue;
            }
            Map<String, String> settings = settings(part.strip(), matcher.group(3), problems);
            String label =
                    matcher.group(1) == null ? part.strip() : matcher.group(1).strip();
            if (!labels.add(label)) {
                problems.add("strategy '%s' is named twice; put a label in front of one, as in other:%s"
                        .formatted(label, part.strip()));
            }
            specs.add(new StrategySpec(label, matcher.group(2).strip(), settings));
        }
        return specs;
    }

    private static Map<String, String> settings(String spec, @Nullable String text, List<String> problems) {
        Map<String, String> settings = new TreeMap<>();
        for (String pair : text == null || text.isBlank() ? new String[0] : text.split(";")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                problems.add("strategy '%s': '%s' is not key=value".formatted(spec, pair.strip()));
            } else {
                settings.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        return settings;
    }
}

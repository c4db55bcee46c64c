package io.freshet.evaluator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.freshet.core.config.UnknownKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One level of a policy file. Every value that is not as it must be becomes a problem (path, value, rule, remedy), and the fallback
 * is read in its place, so that reading goes on and finds all of them.
 */
final class Section {

    /** YAML takes a number in this form for text, because it has no point. */
    private static final Pattern SCIENTIFIC = Pattern.compile("[-+]?[0-9]+(\\.[0-9]*)?[eE][-+]?[0-9]+");

    private static final String REMEDY = "; change it or remove it";

    private final String path;
    private final JsonNode node;
    private final List<String> problems;
    private final Set<String> known = new TreeSet<>();

    /**
     * @param path of the section, followed by a point; empty at the top
     * @param node a mapping; anything else but nothing at all is a problem
     * @param problems takes what is found
     */
    Section(String path, JsonNode node, List<String> problems) {
        this.path = path;
        this.problems = problems;
        this.node = node.isObject() ? node : MissingNode.getInstance();
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            String name = path.isEmpty() ? "the policy" : path.substring(0, path.length() - 1);
            problems.add("%s = %s must be a mapping of keys to values; write it so".formatted(name, shown(node)));
        }
    }

    double number(String key, double fallback, Bounds bounds) {
        JsonNode value = value(key);
        if (absent(value)) {
            return fallback;
        }
        boolean scientific =
                value.isTextual() && SCIENTIFIC.matcher(value.textValue()).matches();
        double number = scientific ? Double.parseDouble(value.textValue()) : value.doubleValue();
        if ((value.isNumber() || scientific) && bounds.allows().test(number)) {
            return number + 0.0; // -0.0 is 0.0
        }
        problem(key, value, bounds.rule());
        return fallback;
    }

    /** Reads a number that has to be there. */
    double needed(String key, double fallback, Bounds bounds) {
        if (absent(value(key))) {
            problems.add("%s%s is missing; it must be %s".formatted(path, key, bounds.rule()));
        }
        return number(key, fallback, bounds);
    }

    OptionalDouble optional(String key, Bounds bounds) {
        return absent(value(key)) ? OptionalDouble.empty() : OptionalDouble.of(number(key, 0, bounds));
    }

    long whole(String key, long fallback, long least, long most) {
        JsonNode value = value(key);
        if (absent(value)) {
            return fallback;
        }
        if (value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= least
                && value.longValue() <= most) {
            return value.longValue();
        }
        problem(key, value, Bounds.whole(least, most).rule());
        return fallback;
    }

    /** Reads text that has to be there. */
    String text(String key, String fallback) {
        JsonNode value = value(key);
        if (value.isTextual() && !value.textValue().isEmpty()) {
            return value.textValue();
        }
        if (absent(value)) {
            problems.add("%s%s is missing; it must be text".formatted(path, key));
        } else {
            problem(key, value, "text that is not empty (in quotes where YAML takes it for something else)");
        }
        return fallback;
    }

    <T extends Enum<T>> T oneOf(String key, T fallback, Function<T, String> code) {
        JsonNode value = value(key);
        if (absent(value)) {
            return fallback;
        }
        T[] all = fallback.getDeclaringClass().getEnumConstants();
        for (T one : all) {
            if (value.isTextual() && code.apply(one).equals(value.textValue())) {
                return one;
            }
        }
        problem(key, value, "one of " + Arrays.stream(all).map(code).toList());
        return fallback;
    }

    boolean has(String key) {
        return !absent(value(key));
    }

    Section section(String key) {
        return new Section(path + key + ".", value(key), problems);
    }

    /** Reads a list of mappings. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        for (JsonNode element : elements(key)) {
            sections.add(new Section("%s%s[%d].".formatted(path, key, sections.size()), element, problems));
        }
        return sections;
    }

    /** Reads a list of numbers, which may be empty; unsound ones are left out. */
    List<Double> numbers(String key, List<Double> fallback, Bounds bounds) {
        if (!has(key)) {
            return fallback;
        }
        List<Double> numbers = new ArrayList<>();
        for (JsonNode element : elements(key)) {
            if (element.isNumber() && bounds.allows().test(element.doubleValue())) {
                numbers.add(element.doubleValue());
            } else {
                problem(key, element, "a list of numbers, each " + bounds.rule());
            }
        }
        return numbers;
    }

    /** Says of every key that nobody asked for that it is unknown. */
    void end() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add(path + UnknownKey.describe(key, known) + "; remove it");
            }
        });
    }

    void problem(String key, Object value, String rule) {
        String text = value instanceof JsonNode json ? shown(json) : String.valueOf(value);
        problems.add("%s%s = %s must be %s%s".formatted(path, key, text, rule, REMEDY));
    }

    private Iterable<JsonNode> elements(String key) {
        JsonNode value = value(key);
        if (value.isArray()) {
            return value;
        }
        if (!absent(value)) {
            problem(key, value, "a list");
        }
        return List.of();
    }

    private JsonNode value(String key) {
        known.add(key);
        return node.path(key);
    }

    private static boolean absent(@Nullable JsonNode value) {
        return value == null || value.isMissingNode() || value.isNull();
    }

    private static String shown(JsonNode value) {
        return value.isTextual() ? "\"" + value.textValue() + "\"" : value.toString();
    }
}

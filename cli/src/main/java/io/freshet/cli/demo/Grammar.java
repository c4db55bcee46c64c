package io.freshet.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Intents with their templates, and what fills the slots of those. */
record Grammar(List<Intent> intents, Map<String, List<String>> slots) {

    private static final Pattern INTENT = Pattern.compile("\\[(\\w+)] (\\w+)( late)?");
    private static final Pattern SLOT = Pattern.compile("\\$(\\w+) =(.*)");
    private static final Pattern USE = Pattern.compile("\\$(\\w+)");
    private static final Pattern ALTERNATIVES = Pattern.compile("\\(([^()]*)\\)");

    Grammar {
        intents = List.copyOf(intents);
        slots = Map.copyOf(slots);
    }

    /** Reads the templates that come with the program. */
    static Grammar bundled() {
        try (InputStream stream = Grammar.class.getResourceAsStream("utterances.txt")) {
            if (stream == null) {
                throw new IllegalStateException("utterances.txt is missing from the jar");
            }
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the form that the head of {@code utterances.txt} describes. */
    static Grammar parse(String text) {
        Map<String, List<String>> slots = new TreeMap<>();
        List<Intent> intents = new ArrayList<>();
        List<String> templates = new ArrayList<>();
        Matcher current = null;
        for (String line : text.lines().map(String::strip).toList()) {
            Matcher slot = SLOT.matcher(line);
            Matcher intent = INTENT.matcher(line);
            if (slot.matches()) {
                slots.put(slot.group(1), split(slot.group(2)));
            } else if (intent.matches()) {
                addIntent(intents, current, templates);
                current = intent;
                templates = new ArrayList<>();
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                templates.add(line);
            }
        }
        addIntent(intents, current, templates);
        return new Grammar(intents, slots);
    }

    private static void addIntent(List<Intent> intents, @Nullable Matcher head, List<String> templates) {
        if (head != null) {
            intents.add(new Intent(head.group(1), head.group(2), head.group(3) != null, templates));
        }
    }

    private static List<String> split(String alternatives) {
        return Arrays.stream(alternatives.split("\\|", -1)).map(String::strip).toList();
    }

    /** Says one of the intent's utterances: alternatives are chosen first, slots filled afterwards. */
    String utter(Intent intent, Random random) {
        String template = pick(intent.templates(), random);
        String chosen = ALTERNATIVES
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(pick(split(match.group(1)), random)));
        String filled = USE.matcher(chosen).replaceAll(match -> Matcher.quoteReplacement(fill(match.group(1), random)));
        return filled.strip().replaceAll("\\s+", " ").replace(" ,", ",");
    }

    private String fill(String slot, Random random) {
        List<String> values = slots.get(slot);
        if (values == null) {
            throw new IllegalArgumentException("slot $%s is used but has no values".formatted(slot));
        }
        return pick(values, random);
    }

    private static String pick(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}

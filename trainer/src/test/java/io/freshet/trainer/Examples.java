package io.freshet.trainer;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A small stream of labelled texts; example i always is the same. */
final class Examples {

    private static final List<String> THINGS = List.of("balance", "weather", "alarm", "music", "pizza", "flight");
    private static final List<String> WAYS =
            List.of("tell me about the %s", "%s please", "i want the %s now", "what about my %s", "change the %s");

    private Examples() {}

    static LabeledExample example(int i) {
        return labelled(i, text(i), thing(i));
    }

    /** The same text without its label. */
    static LabeledExample unlabelled(int i) {
        return labelled(i, text(i), null);
    }

    private static String thing(int i) {
        return THINGS.get(i * 7 % THINGS.size());
    }

    private static String text(int i) {
        return WAYS.get(i * 11 % WAYS.size()).formatted(thing(i)) + " number " + i % 97;
    }

    static LabeledExample labelled(int i, String text, @Nullable String label) {
        return LabeledExample.newBuilder()
                .setId("ex-" + i)
                .setInput(new TextInput(text, null))
                .setLabel(label)
                .setAttributes(Map.of())
                .setEventTime(Instant.ofEpochMilli(1_700_000_000_000L + i))
                .setWeight(i % 5 == 0 ? 0.5 : 1.0)
                .build();
    }

    static List<LabeledExample> between(int from, int to) {
        return IntStream.range(from, to).mapToObj(Examples::example).toList();
    }

    static List<String> texts() {
        return between(0, 600).stream()
                .map(example -> ((TextInput) example.getInput()).getText())
                .toList();
    }
}

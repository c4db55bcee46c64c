package io.freshet.cli.demo;

import io.freshet.cli.input.ExampleSource;
import io.freshet.cli.input.InputRecord;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A stream of generated utterances: early intents only in its first half, all of them in its second, and a share of wrong
 * labels throughout. The same seed gives the same stream.
 */
public final class DemoStream implements ExampleSource {

    /** Share of examples whose label is that of another intent. */
    static final double NOISE = 0.02;

    private final Grammar grammar = Grammar.bundled();
    private final List<Intent> early =
            grammar.intents().stream().filter(intent -> !intent.late()).toList();
    private final long size;
    private final InstantSource clock;
    private final Random random;
    private long position;

    /**
     * Makes a stream.
     *
     * @param size examples in all
     * @param clock gives the event times
     */
    public DemoStream(long size, long seed, InstantSource clock) {
        this.size = size;
        this.clock = clock;
        this.random = new Random(seed);
    }

    @Override
    public @Nullable InputRecord next() {
        if (position == size) {
            return null;
        }
        List<Intent> active = position * 2 < size ? early : grammar.intents();
        int truth = random.nextInt(active.size());
        Intent intent = active.get(truth);
        String text = grammar.utter(intent, random);
        boolean wrong = random.nextDouble() < NOISE;
        String label = wrong
                ? active.get((truth + 1 + random.nextInt(active.size() - 1)) % active.size())
                        .name()
                : intent.name();
        return new InputRecord.Example(LabeledExample.newBuilder()
                .setId("demo-%06d".formatted(position++))
                .setInput(new TextInput(text, null))
                .setLabel(label)
                .setTask(intent.task())
                .setSource("demo")
                .setEventTime(clock.instant())
                .build());
    }

    /** Utterances of early and late intents that the stream is asked about before and after; label first. */
    public static List<Map.Entry<String, String>> questions(long seed) {
        Grammar grammar = Grammar.bundled();
        Random random = new Random(~seed); // not the stream's own numbers, so the texts are fresh ones
        return grammar.intents().stream()
                .filter(intent -> List.of("transfer", "weather", "lights", "timer", "return_item", "translate")
                        .contains(intent.name()))
                .map(intent -> Map.entry(intent.name(), grammar.utter(intent, random)))
                .toList();
    }

    @Override
    public void close() {
        // nothing is held open
    }
}

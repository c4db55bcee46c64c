package io.freshet.cli.live;

import io.freshet.cli.input.InputRecord;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.text.WordPieces;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Examples that a very small model learns in seconds: one word of the text decides the label. */
public final class TinyStream {

    private static final List<String> WORDS = List.of(
            "apple", "river", "window", "doctor", "music", "summer", "garden", "letter", "engine", "silver", "market",
            "winter");
    private static final List<String> FILLERS =
            List.of("the", "my", "please", "now", "a", "with", "and", "today", "some", "one", "for", "you");

    private TinyStream() {}

    /** Settings under which such a model learns fast and is tried often. */
    public static Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("learning.rate", "2e-3"),
                Map.entry("learning.rate.head", "4e-3"),
                Map.entry("learning.warmup.steps", "5"),
                Map.entry("batch.size", "16"),
                Map.entry("batch.steps", "4"),
                Map.entry("checkpoint.every.examples", "160"),
                Map.entry("checkpoint.idle.ms", "500"),
                Map.entry("ingest.heldout.fraction", "0.3"),
                Map.entry("gate.pairs.min", "20"),
                Map.entry("gate.pairs.max", "60"),
                Map.entry("gate.lookback", "60"));
    }

    /** Writes one transformer block, 64 wide, of random weights. */
    public static Path model(Path directory) throws IOException {
        Path target = directory.resolve("tiny-model");
        List<String> texts = new ArrayList<>(WORDS);
        texts.addAll(FILLERS);
        WordPieces pieces = WordPieces.bertBaseUncased().cut(texts, 3_000);
        Models.initialise(target, new ModelShape(1, 64, 2, 128, 32, 0.0), pieces, 5);
        return target;
    }

    /**
     * Makes examples, all of them different.
     *
     * @param labels how many labels, at most 12; they are named after the word that decides
     */
    public static List<LabeledExample> examples(String prefix, int count, int firstLabel, int labels, long seed) {
        Random random = new Random(seed);
        List<LabeledExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String word = WORDS.get(firstLabel + random.nextInt(labels));
            List<String> words = new ArrayList<>();
            for (int filler = 0; filler < 4; filler++) {
                words.add(FILLERS.get(random.nextInt(FILLERS.size())));
            }
            words.add(random.nextInt(words.size() + 1), word);
            examples.add(example(prefix + "-" + i, String.join(" ", words) + " " + i, word));
        }
        return examples;
    }

    static LabeledExample example(String id, String text, String label) {
        return LabeledExample.newBuilder()
                .setId(id)
                .setInput(new TextInput(text, null))
                .setLabel(label)
                .setEventTime(Instant.parse("2026-01-01T00:00:00Z"))
                .build();
    }

    static List<InputRecord> records(List<LabeledExample> examples) {
        return examples.stream().<InputRecord>map(InputRecord.Example::new).toList();
    }
}

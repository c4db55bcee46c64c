package io.freshet.cli.backtest;

import io.freshet.cli.input.ExampleSource;
import io.freshet.cli.input.InputException;
import io.freshet.cli.input.InputFile;
import io.freshet.cli.input.InputRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the stream and the test come from.
 *
 * @param input of the stream
 * @param split of the stream in a {@code .json} file, or null
 * @param test of the tests; null for another split of the input
 * @param testSplit of the tests in a {@code .json} file
 * @param heldOut share of the input to test with instead, in (0, 1); null for none
 */
public record MaterialFiles(
        Path input,
        @Nullable String split,
        @Nullable Path test,
        String testSplit,
        @Nullable Double heldOut) {

    public MaterialFiles {
        if (heldOut != null && !(heldOut > 0 && heldOut < 1)) {
            throw new InputException("--hold-out %s is outside (0, 1)".formatted(heldOut));
        }
        if (heldOut == null && test == null && !hasSplits(input)) {
            throw new InputException(
                    "%s has no splits to test with; name a file with --test, or hold some of it out with --hold-out 0.2"
                            .formatted(input));
        }
    }

    private static boolean hasSplits(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".json.gz");
    }

    /**
     * Reads both.
     *
     * @param groups the tasks; null for those that the files give
     */
    public Material read(@Nullable Groups groups) throws IOException {
        List<Sample> stream = samples(input, split);
        if (heldOut != null) {
            return Material.of(Divided.of(stream, heldOut), groups);
        }
        return Material.of(new Divided(stream, tests(test == null ? input : test, testSplit)), groups);
    }

    /**
     * Reads the examples of a file to test with.
     *
     * @param split which part of a {@code .json} file
     */
    public static List<Sample> tests(Path file, String split) throws IOException {
        return samples(file, hasSplits(file) ? split : null);
    }

    private static List<Sample> samples(Path path, @Nullable String split) throws IOException {
        List<Sample> samples = new ArrayList<>();
        InputFile file = new InputFile(path, split, null, /* labelled= */ true);
        try (ExampleSource source = file.open(Clock.systemUTC())) {
            for (InputRecord entry = source.next(); entry != null; entry = source.next()) {
                if (entry instanceof InputRecord.Example example) {
                    Sample sample = Sample.of(example.example());
                    if (sample != null) {
                        samples.add(sample);
                    }
                }
            }
        }
        return samples;
    }
}

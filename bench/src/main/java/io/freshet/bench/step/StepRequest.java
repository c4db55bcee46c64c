package io.freshet.bench.step;

import io.freshet.bench.input.LabelledText;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured.
 *
 * @param models names of {@link #names} or directories; empty for all that have a name
 * @param texts to learn from, or empty for made ones
 * @param origin where the texts are from, for the report
 * @param rounds how often each contestant runs, at least 1
 * @param batch examples of a batch in order of arrival, at least 1
 * @param window batches that are sorted together, at least 1
 * @param threads of one operation; 0 for half of the processors
 * @param clock what is measured
 * @param python a python3 with torch and transformers, or null to measure this project alone
 */
public record StepRequest(
        List<String> models,
        List<LabelledText> texts,
        String origin,
        int rounds,
        int batch,
        int window,
        int threads,
        Clock clock,
        @Nullable Path python) {

    public StepRequest {
        models = List.copyOf(models);
        texts = List.copyOf(texts);
        requirePositive("rounds", rounds);
        requirePositive("batch", batch);
        requirePositive("window", window);
        if (threads < 0) {
            throw new IllegalArgumentException("threads %d is negative".formatted(threads));
        }
        if (clock == Clock.CPU && threads != 1) {
            throw new IllegalArgumentException("the clock cpu sees one thread only: say --threads 1 with it");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s %d is below 1".formatted(name, value));
        }
    }

    /** Returns the names of the models that come with the benchmark. */
    public static List<String> names() {
        return Subject.NAMED.stream().map(Subject::name).toList();
    }

    /**
     * Makes sure that every model can be found.
     *
     * @throws IllegalArgumentException if one cannot
     */
    public void check() {
        subjects();
    }

    List<Subject> subjects() {
        return models.isEmpty()
                ? Subject.NAMED
                : models.stream().map(Subject::of).toList();
    }
}

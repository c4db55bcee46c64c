package io.freshet.cli.backtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.trainer.OfflinePass.Labelled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream in its order, as a worker reads it from a file.
 *
 * @param stretches of the stream; after each, everything is tested
 * @param tests by task in the order of the tasks
 * @param taskByTask whether each stretch is a task
 */
record Plan(List<List<Labelled>> stretches, List<Test> tests, boolean taskByTask) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The test of one task. */
    record Test(String task, List<Labelled> texts) {}

    /**
     * Puts a stream and its tests together. Of tasks that come one after the other, one without a test is an error of the
     * material; of others, it is left out.
     */
    static Plan of(Material material, List<String> tasks, List<? extends List<Sample>> stretches, boolean taskByTask) {
        Map<String, List<Labelled>> tests = new LinkedHashMap<>();
        tasks.forEach(task -> tests.put(task, new ArrayList<>()));
        for (Sample sample : material.test()) {
            tests.computeIfAbsent(sample.task(), task -> new ArrayList<>()).add(sample.text());
        }
        return new Plan(
                stretches.stream().map(Plan::texts).toList(),
                tests.entrySet().stream()
                        .filter(test -> !test.getValue().isEmpty())
                        .map(test -> new Test(test.getKey(), test.getValue()))
                        .toList(),
                taskByTask);
    }

    private static List<Labelled> texts(List<Sample> samples) {
        return samples.stream().map(Sample::text).toList();
    }

    /** Returns how many examples the stream has. */
    int size() {
        return stretches.stream().mapToInt(List::size).sum();
    }

    /** Returns the whole stream. */
    List<Labelled> stream() {
        List<Labelled> all = new ArrayList<>();
        stretches.forEach(all::addAll);
        return all;
    }

    void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    static Plan read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Plan.class);
    }
}

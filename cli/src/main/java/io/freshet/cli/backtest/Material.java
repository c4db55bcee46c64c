package io.freshet.cli.backtest;

import io.freshet.cli.input.InputException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is learned from and what is tested with.
 *
 * @param stream examples in the order in which they were read, at least one
 * @param test examples that are never learned from, at least one; every task of them is one of the stream's
 */
public record Material(List<Sample> stream, List<Sample> test) {

    public Material {
        stream = List.copyOf(stream);
        test = List.copyOf(test);
        if (stream.isEmpty()) {
            throw new InputException("there is no labelled text to learn from");
        }
        if (test.isEmpty()) {
            throw new InputException("there is no labelled text to test with");
        }
        Set<String> unknown = new TreeSet<>();
        test.forEach(sample -> unknown.add(sample.task()));
        stream.forEach(sample -> unknown.remove(sample.task()));
        if (!unknown.isEmpty()) {
            throw new InputException(
                    "the test has tasks that the stream has not: %s; test with the same tasks, or divide the labels with --groups"
                            .formatted(String.join(", ", unknown)));
        }
    }

    /** Returns the tasks in the order in which they appear. */
    List<String> tasks() {
        Set<String> tasks = new LinkedHashSet<>();
        stream.forEach(sample -> tasks.add(sample.task()));
        return List.copyOf(tasks);
    }
}

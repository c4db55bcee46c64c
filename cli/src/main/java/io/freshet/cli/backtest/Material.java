package io.freshet.cli.backtest;

import io.freshet.cli.input.InputException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is learned from and what is tested with.
 *
 * @param stream examples in the order in which they were read, at least one
 * @param test examples that are never learned from, at least one
 * @param strangers tests left out because the stream has no example of their label
 */
public record Material(List<Sample> stream, List<Sample> test, int strangers) {

    public Material {
        stream = List.copyOf(stream);
        test = List.copyOf(test);
        if (stream.isEmpty()) {
            throw new InputException("there is no labelled text to learn from");
        }
        if (test.isEmpty()) {
            throw new InputException("there is no labelled text to test with");
        }
    }

    /**
     * Puts a stream and its tests together. Tests whose label the stream has not are left out: nothing could answer
     * them rightly.
     *
     * @param groups the tasks; null for those that the examples have
     */
    public static Material of(Divided divided, @Nullable Groups groups) {
        Set<String> known = new HashSet<>();
        divided.rest().forEach(sample -> known.add(sample.text().label()));
        List<Sample> tests = divided.heldOut().stream()
                .filter(sample -> known.contains(sample.text().label()))
                .toList();
        int strangers = divided.heldOut().size() - tests.size();
        return groups == null
                ? new Material(divided.rest(), tests, strangers)
                : new Material(groups.applied(divided.rest()), groups.applied(divided.rest(), tests), strangers);
    }

    /** Returns the tasks in the order in which they appear. */
    List<String> tasks() {
        Set<String> tasks = new LinkedHashSet<>();
        stream.forEach(sample -> tasks.add(sample.task()));
        return List.copyOf(tasks);
    }
}

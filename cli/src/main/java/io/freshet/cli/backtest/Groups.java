package io.freshet.cli.backtest;

import io.freshet.cli.input.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Labels divided into groups of equal size, each a task; the first groups have one label more where it does not come out
 * even.
 *
 * @param count how many groups, at least 1
 * @param shuffle seed of the order in which labels are dealt out; null for their alphabetical order
 */
public record Groups(int count, @Nullable Long shuffle) {

    public Groups {
        if (count < 1) {
            throw new IllegalArgumentException("%d groups: at least 1 is wanted".formatted(count));
        }
    }

    /** Returns the task of each label that examples have. */
    private Map<String, String> tasks(List<Sample> samples) {
        TreeSet<String> sorted = new TreeSet<>();
        samples.forEach(sample -> sorted.add(sample.text().label()));
        if (sorted.size() < count) {
            throw new InputException("--groups %d: there are %d labels only".formatted(count, sorted.size()));
        }
        List<String> labels = new ArrayList<>(sorted);
        if (shuffle != null) {
            Collections.shuffle(labels, new Random(shuffle));
        }
        int digits = String.valueOf(count).length();
        Map<String, String> tasks = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            long group = (long) i * count / labels.size() + 1;
            tasks.put(labels.get(i), ("group %0" + digits + "d").formatted(group));
        }
        return tasks;
    }

    /** Returns a stream whose tasks are these groups instead of what they were. */
    List<Sample> applied(List<Sample> stream) {
        return applied(stream, stream);
    }

    /** Returns tests whose tasks are the groups of a stream that has all of their labels. */
    List<Sample> applied(List<Sample> stream, List<Sample> tests) {
        return regrouped(tests, tasks(stream));
    }

    private static List<Sample> regrouped(List<Sample> samples, Map<String, String> tasks) {
        return samples.stream()
                .map(sample -> sample.withTask(tasks.getOrDefault(sample.text().label(), "")))
                .toList();
    }
}

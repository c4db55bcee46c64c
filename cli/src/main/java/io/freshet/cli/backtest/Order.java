package io.freshet.cli.backtest;

import io.freshet.cli.input.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** In which order a stream comes. */
public enum Order {
    /** Everything mixed, by the seed. */
    SHUFFLED,
    /** One task after the other, tasks and what is inside of them by the seed. */
    BY_TASK,
    /** By the time of the event; as read where times are equal. */
    BY_TIME,
    /** As read. */
    FILE;

    /** Returns the name that it has on a command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return key();
    }

    /**
     * Checks that material can be put in this order.
     *
     * @throws InputException if the order needs what the material has not
     */
    public void check(Material material) {
        if (this != BY_TASK) {
            return;
        }
        Set<String> untested = new TreeSet<>(material.tasks());
        material.test().forEach(sample -> untested.remove(sample.task()));
        if (!untested.isEmpty()) {
            throw new InputException(
                    "--order by-task, but there is no test of %s; test with other texts, or divide the labels otherwise with --groups"
                            .formatted(String.join(", ", untested)));
        }
        if (material.tasks().size() < 2) {
            throw new InputException(
                    "--order by-task, but the examples have no tasks; divide their labels into some with --groups N");
        }
    }

    /**
     * Puts material in this order.
     *
     * @param seed of the orders that have chance in them
     * @param measurements how often is tested where tasks do not say when, at least 1
     */
    Plan plan(Material material, long seed, int measurements) {
        Random random = new Random(seed);
        if (this == BY_TASK) {
            return byTask(material, random);
        }
        List<Sample> stream = new ArrayList<>(material.stream());
        if (this == SHUFFLED) {
            Collections.shuffle(stream, random);
        } else if (this == BY_TIME) {
            stream.sort(Comparator.comparingLong(Sample::time));
        }
        List<List<Sample>> stretches = new ArrayList<>();
        int many = Math.min(measurements, stream.size());
        for (int i = 0; i < many; i++) {
            stretches.add(stream.subList(
                    (int) ((long) stream.size() * i / many), (int) ((long) stream.size() * (i + 1) / many)));
        }
        return Plan.of(material, material.tasks(), stretches, false);
    }

    private static Plan byTask(Material material, Random random) {
        List<String> tasks = new ArrayList<>(material.tasks());
        Collections.shuffle(tasks, random);
        Map<String, List<Sample>> byTask = new LinkedHashMap<>();
        tasks.forEach(task -> byTask.put(task, new ArrayList<>()));
        for (Sample sample : material.stream()) {
            byTask.computeIfAbsent(sample.task(), task -> new ArrayList<>()).add(sample);
        }
        byTask.values().forEach(samples -> Collections.shuffle(samples, random));
        return Plan.of(material, tasks, List.copyOf(byTask.values()), true);
    }
}

package io.freshet.core.measure;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Accuracies a(i, j) on the test examples of task j, measured the i-th time.
 *
 * @param rows at least one, each with as many columns as there are tasks, accuracies in [0, 1]
 * @param taskByTask whether learning goes through the tasks one after the other and row i is after task i, so that there
 *     are as many rows as tasks; otherwise tasks come mixed and rows are just later and later
 */
public record AccuracyMatrix(List<List<Double>> rows, boolean taskByTask) {

    public AccuracyMatrix {
        rows = rows.stream().map(List::copyOf).toList();
        if (rows.isEmpty() || rows.get(0).isEmpty()) {
            throw new IllegalArgumentException("an accuracy matrix needs at least one row and one task");
        }
        int tasks = rows.get(0).size();
        for (List<Double> row : rows) {
            if (row.size() != tasks) {
                throw new IllegalArgumentException("rows of %d and of %d tasks".formatted(tasks, row.size()));
            }
            row.forEach(AccuracyMatrix::requireShare);
        }
        if (taskByTask && rows.size() != tasks) {
            throw new IllegalArgumentException(
                    "%d rows after each of %d tasks: as many are wanted".formatted(rows.size(), tasks));
        }
    }

    private static void requireShare(double accuracy) {
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException("accuracy %s is outside [0, 1]".formatted(accuracy));
        }
    }

    public int tasks() {
        return rows.get(0).size();
    }

    /** Returns a(i, j), both from 0. */
    public double at(int row, int task) {
        return rows.get(row).get(task);
    }

    /** Returns the mean over all tasks in the last row, in [0, 1] (Lopez-Paz and Ranzato 2017, section 2, ACC). */
    public double averageAccuracy() {
        return rows.get(rows.size() - 1).stream()
                .mapToDouble(accuracy -> accuracy)
                .average()
                .orElseThrow();
    }

    /**
     * Returns how much lower tasks are in the last row than they were at best before, in [-1, 1]: the mean over all tasks,
     * but the last one where tasks come one after the other, because it has just been learned (Chaudhry et al. 2018, "Riemannian
     * walk", section 3.1). Nothing where there was no measurement before, or no task to forget.
     */
    public OptionalDouble forgetting() {
        int last = rows.size() - 1;
        int tasks = taskByTask ? tasks() - 1 : tasks();
        if (last == 0 || tasks == 0) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int task = 0; task < tasks; task++) {
            sum += best(task, last) - at(last, task);
        }
        return OptionalDouble.of(sum / tasks);
    }

    private double best(int task, int rowsBefore) {
        double best = 0;
        for (int row = 0; row < rowsBefore; row++) {
            best = Math.max(best, at(row, task));
        }
        return best;
    }

    /**
     * Returns what learning later tasks did to earlier ones, in [-1, 1]: the mean of a(T, j) - a(j, j) over all tasks but the
     * last (Lopez-Paz and Ranzato 2017, BWT). Nothing where tasks come mixed or there is one only.
     */
    public OptionalDouble backwardTransfer() {
        int last = tasks() - 1;
        if (!taskByTask || last == 0) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int task = 0; task < last; task++) {
            sum += at(last, task) - at(task, task);
        }
        return OptionalDouble.of(sum / last);
    }

    /**
     * Returns what learning earlier tasks did to later ones before those were learned, in [-1, 1]: the mean of
     * a(j - 1, j) - b(j) over all tasks but the first (Lopez-Paz and Ranzato 2017, FWT). Nothing where tasks come
     * mixed or there is one only.
     *
     * @param untrained b: the accuracy on each task before anything was learned
     */
    public OptionalDouble forwardTransfer(List<Double> untrained) {
        if (untrained.size() != tasks()) {
            throw new IllegalArgumentException(
                    "%d accuracies before learning, but %d tasks".formatted(untrained.size(), tasks()));
        }
        if (!taskByTask || tasks() == 1) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int task = 1; task < tasks(); task++) {
            sum += at(task - 1, task) - untrained.get(task);
        }
        return OptionalDouble.of(sum / (tasks() - 1));
    }
}

package io.freshet.cli.stream;

import io.freshet.schemas.ExampleScore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The accuracy matrix of a live stream: how right each scored checkpoint is on the held-out examples of each task. A row has
 * only the tasks that its checkpoint was asked about. Examples that were scored twice count once.
 */
public final class TaskAccuracies {

    private final Map<String, SortedMap<String, Cell>> rows = new HashMap<>();
    private final Set<Answered> answered = new HashSet<>();

    /**
     * One checkpoint on one task.
     *
     * @param right of {@code examples}, which are at least 1
     */
    public record Cell(long right, long examples) {

        /** Returns the accuracy, in [0, 1]. */
        public double accuracy() {
            return (double) right / examples;
        }
    }

    /** One checkpoint's row, by task. */
    public record Row(String checkpoint, SortedMap<String, Cell> cells) {}

    private record Answered(String checkpoint, int partition, long offset) {}

    /** Counts a score of a classifier on an example that has a task; others change nothing. */
    public void add(ExampleScore score) {
        String task = score.getTask();
        if (task == null || score.getError() != null || score.getLabel().isEmpty()) {
            return;
        }
        if (answered.add(new Answered(score.getCheckpoint(), score.getPartition(), score.getOffset()))) {
            long right = score.getLabel().equals(score.getPredicted()) ? 1 : 0;
            rows.computeIfAbsent(score.getCheckpoint(), checkpoint -> new TreeMap<>())
                    .merge(
                            task,
                            new Cell(right, 1),
                            (sum, one) -> new Cell(sum.right + one.right, sum.examples + one.examples));
        }
    }

    /** Returns the rows of those of {@code checkpoints} that were scored, in that order. */
    public List<Row> rows(Collection<String> checkpoints) {
        List<Row> found = new ArrayList<>();
        for (String checkpoint : checkpoints) {
            SortedMap<String, Cell> cells = rows.get(checkpoint);
            if (cells != null) {
                found.add(new Row(checkpoint, new TreeMap<>(cells)));
            }
        }
        return found;
    }

    /**
     * Returns how much lower tasks are in the last row than they were at best in an earlier one, in [-1, 1]: the mean over the
     * tasks that both have (Chaudhry et al. 2018, "Riemannian walk", section 3.1). Nothing where there are none.
     */
    public static OptionalDouble forgetting(List<Row> rows) {
        if (rows.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Row> earlier = rows.subList(0, rows.size() - 1);
        List<Double> losses = new ArrayList<>();
        rows.get(rows.size() - 1)
                .cells()
                .forEach((task, now) -> earlier.stream()
                        .map(row -> row.cells().get(task))
                        .filter(cell -> cell != null)
                        .mapToDouble(Cell::accuracy)
                        .max()
                        .ifPresent(best -> losses.add(best - now.accuracy())));
        return losses.stream().mapToDouble(loss -> loss).average();
    }
}

package io.freshet.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.stream.TaskAccuracies.Cell;
import io.freshet.cli.stream.TaskAccuracies.Row;
import io.freshet.schemas.ExampleScore;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TaskAccuraciesTest {

    private final TaskAccuracies accuracies = new TaskAccuracies();
    private long offset;

    private static ExampleScore.Builder score(String checkpoint, long offset) {
        return ExampleScore.newBuilder()
                .setCheckpoint(checkpoint)
                .setPartition(0)
                .setOffset(offset)
                .setExampleId("e" + offset)
                .setLabel("yes")
                .setProbability(0.5)
                .setLatencyMicros(1);
    }

    private void add(String checkpoint, String task, int right, int examples) {
        for (int i = 0; i < examples; i++) {
            accuracies.add(score(checkpoint, offset++)
                    .setTask(task)
                    .setPredicted(i < right ? "yes" : "no")
                    .build());
        }
    }

    @Test
    void countsRightAnswersByCheckpointAndTaskInTheOrderOfTheCheckpoints() {
        add("two", "bank", 3, 4);
        add("one", "bank", 1, 4);
        add("one", "travel", 2, 2);
        List<Row> rows = accuracies.rows(List.of("one", "unscored", "two"));
        assertThat(rows).extracting(Row::checkpoint).containsExactly("one", "two");
        assertThat(rows.get(0).cells()).containsEntry("bank", new Cell(1, 4)).containsEntry("travel", new Cell(2, 2));
        assertThat(rows.get(1).cells()).containsOnlyKeys("bank");
        assertThat(rows.get(1).cells().values()).extracting(Cell::accuracy).containsExactly(0.75);
    }

    @Test
    void forgettingIsWhatTasksLostAgainstTheirBestOnThoseThatCanBeCompared() {
        add("one", "bank", 8, 10);
        add("two", "bank", 6, 10);
        add("two", "travel", 10, 10);
        add("three", "bank", 5, 10);
        add("three", "travel", 9, 10);
        add("three", "new", 1, 10);
        assertThat(TaskAccuracies.forgetting(accuracies.rows(List.of("one", "two", "three"))))
                .hasValueCloseTo((0.3 + 0.1) / 2, Offset.offset(1e-12));
        assertThat(TaskAccuracies.forgetting(accuracies.rows(List.of("one")))).isEmpty();
        assertThat(TaskAccuracies.forgetting(List.of())).isEmpty();
    }

    @Test
    void anExampleThatWasScoredTwiceCountsOnceAndFailuresAndTasklessOnesNotAtAll() {
        ExampleScore once = score("one", 7).setTask("bank").setPredicted("yes").build();
        accuracies.add(once);
        accuracies.add(once);
        accuracies.add(score("one", 8).setTask("bank").setError("broken").build());
        accuracies.add(score("one", 9).setPredicted("yes").build());
        accuracies.add(score("one", 10).setTask("bank").setLabel("").build());
        assertThat(accuracies.rows(List.of("one")).get(0).cells()).containsOnly(Map.entry("bank", new Cell(1, 1)));
    }
}

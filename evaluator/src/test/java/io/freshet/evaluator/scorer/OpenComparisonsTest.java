package io.freshet.evaluator.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.AvroSerde;
import io.freshet.schemas.ModelFile;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OpenComparisonsTest {

    static {
        // Avro loads generated classes only once somebody vouches for them, which the serde does when it is first used.
        AvroSerde.of(Trial.class, SchemaRegistry.connect("http://127.0.0.1:1", Map.of()));
    }

    private final OpenComparisons comparisons = new OpenComparisons();
    private long offset;

    @Test
    void asksForBothModelsOfATrialFromItsFirstOffsets() {
        take(trial("t1", "a", "b", 5, 7));

        Asked asked = comparisons.asked();
        assertThat(asked.ids()).containsExactly("a", "b");
        assertThat(asked.first("a", 0)).isEqualTo(5);
        assertThat(asked.first("b", 1)).isEqualTo(7);
        assertThat(asked.first("b", 2))
                .as("a partition that the trial did not know of")
                .isZero();
        assertThat(files(asked, "b")).containsExactly(file("b"));
    }

    @Test
    void asksForEachModelOfTrialAndWatchOnceFromTheSmallestOffset() {
        take(watch("w1", "b", "a", 5));
        take(trial("t2", "b", "c", 9));

        Asked asked = comparisons.asked();
        assertThat(asked.ids()).containsExactly("a", "b", "c");
        assertThat(asked.first("a", 0)).isEqualTo(5);
        assertThat(asked.first("b", 0)).isEqualTo(5);
        assertThat(asked.first("c", 0)).isEqualTo(9);
    }

    @Test
    void asksForAnAnchorThatIsNeitherOfTheTwo() {
        take(Trial.newBuilder(trial("t1", "a", "b", 0))
                .setAnchor("z")
                .setAnchorFiles(List.of(file("z")))
                .build());

        assertThat(comparisons.asked().ids()).containsExactly("a", "b", "z");
        assertThat(files(comparisons.asked(), "z")).containsExactly(file("z"));
    }

    @Test
    void asksForAnAnchorThatIsTheChampionByTheChampionsFiles() {
        take(Trial.newBuilder(trial("t1", "a", "b", 0)).setAnchor("a").build());

        assertThat(comparisons.asked().ids()).containsExactly("a", "b");
        assertThat(files(comparisons.asked(), "a")).containsExactly(file("a"));
    }

    @Test
    void goesOnWithTheWatchWhenTheTrialCloses() {
        take(watch("w1", "b", "a", 5));
        take(trial("t2", "b", "c", 9));
        take(closed(trial("t2", "b", "c", 9), "futile"));

        assertThat(comparisons.asked().ids()).containsExactly("a", "b");
    }

    @Test
    void aTrialThatIsClosedTwiceClosesNothingElse() {
        take(trial("t1", "a", "b", 0));
        take(closed(trial("t1", "a", "b", 0), "passed"));
        take(trial("t2", "a", "c", 0));
        take(closed(trial("t1", "a", "b", 0), "rejected"));

        assertThat(comparisons.asked().ids()).containsExactly("a", "c");
    }

    @Test
    void keepsTheChampionBetweenTrials() {
        take(trial("t1", "a", "b", 0));
        take(closed(trial("t1", "a", "b", 0), "promoted"));
        assertThat(comparisons.asked().isNothing()).isTrue();
        assertThat(comparisons.asked().since().keySet()).containsExactly("b");

        take(watch("w1", "b", "a", 0));
        take(closed(watch("w1", "b", "a", 0), "rolled.back"));
        assertThat(comparisons.asked().since().keySet()).containsExactly("a");
    }

    @Test
    void keepsTheAnchorBetweenTrialsWhateverAWatchSays() {
        Trial first = Trial.newBuilder(trial("t1", "a", "b", 0)).setAnchor("z").build();
        take(first);
        take(watch("w1", "a", "y", 0));
        take(closed(first, "futile"));

        assertThat(comparisons.asked().since().keySet()).containsExactly("a", "y", "z");
    }

    @Test
    void countsAnewWhatACheckpointWasScoredOnThatLeftAndCameBack() {
        take(trial("t1", "a", "b", 0));
        String before = comparisons.asked().key("b");
        assertThat(before).isEqualTo("b@0");
        take(closed(trial("t1", "a", "b", 0), "rolled.back"));
        take(trial("t2", "a", "b", 0));

        assertThat(comparisons.asked().key("b")).isEqualTo("b@2");
        assertThat(comparisons.asked().key("a")).as("it never left").isEqualTo("a@0");
        Coverage coverage = Coverage.NONE.scored(before, 0, 50);
        assertThat(comparisons.asked().next("b", 0, coverage)).isZero();
    }

    @Test
    void goesOnReadingWhereTheFirstModelIsNotScored() {
        take(watch("w1", "b", "a", 5));
        take(trial("t2", "b", "c", 9));
        Asked asked = comparisons.asked();

        Coverage coverage = asked.scored(0, 8, Coverage.NONE);
        assertThat(asked.next("a", 0, coverage)).isEqualTo(8);
        assertThat(asked.next("c", 0, coverage)).as("its trial begins later").isEqualTo(9);
        assertThat(asked.next(0, coverage)).isEqualTo(8);
        assertThat(asked.next(0, asked.scored(0, 20, coverage))).isEqualTo(20);
    }

    private static List<ModelFile> files(Asked asked, String checkpoint) {
        return Objects.requireNonNull(asked.models().get(checkpoint), "not asked for")
                .files();
    }

    private void take(Trial trial) {
        comparisons.take(offset++, trial);
    }

    private static Trial closed(Trial trial, String outcome) {
        return Trial.newBuilder(trial).setState("closed").setOutcome(outcome).build();
    }

    private static Trial watch(String id, String champion, String before, long first) {
        return Trial.newBuilder(trial(id, champion, before, first))
                .setKind("watch")
                .build();
    }

    private static Trial trial(String id, String champion, String candidate, long... first) {
        return Trial.newBuilder()
                .setId(id)
                .setNumber(1)
                .setAlpha(0.01)
                .setChampion(champion)
                .setCandidate(candidate)
                .setFirstOffsets(LongStream.of(first).boxed().toList())
                .setMinPairs(1)
                .setMaxPairs(10)
                .setPolicyHash("0".repeat(64))
                .setState("open")
                .setChampionFiles(List.of(file(champion)))
                .setCandidateFiles(List.of(file(candidate)))
                .setStore("file:///nowhere")
                .setTime(Instant.EPOCH)
                .build();
    }

    private static ModelFile file(String checkpoint) {
        return new ModelFile(checkpoint + "/model.safetensors", "0".repeat(64), 1L);
    }
}

package io.freshet.cli.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.schemas.OffsetRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run did. {@code published = rejected + duplicates + heldOut + trained + waiting + expired} always.
 *
 * @param rejected how many by reason code
 * @param waiting examples without a label whose label may still come
 * @param expired examples whose label did not come in time
 * @param corrections examples that were learned from again with another label; they are none of the published ones
 * @param labels what became of the labels that came by themselves
 * @param steps optimizer steps taken
 * @param tasks accuracy by task of every checkpoint that was scored, in the order of the checkpoints: the accuracy matrix
 * @param forgetting how much lower tasks are in its last row than at best before, in [-1, 1]; null where none can be compared
 * @param alarms changes of the stream that were seen
 * @param examplesPerSecond published records by seconds in all
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Report(
        long published,
        SortedMap<String, Long> rejected,
        long duplicates,
        long heldOut,
        long trained,
        long waiting,
        long expired,
        long corrections,
        Labels labels,
        long steps,
        List<Checkpoint> checkpoints,
        List<Outcome> evaluations,
        List<Promotion> promotions,
        Champion champion,
        BeforeLearning prequential,
        List<TaskRow> tasks,
        @Nullable Double forgetting,
        List<Alarm> alarms,
        Seconds seconds,
        double examplesPerSecond) {

    /**
     * Labels that came by themselves: {@code received = joined + corrections + repeated + outdated + waiting + expired +
     * rejected} always. Of examples held out, or rejected, corrections are counted but not learned from.
     *
     * @param rate share of examples sent without a label that have got one, in [0, 1]; null if there are none
     * @param medianDelayMillis time from an example to its label, within 5 %; null if no label came after its example
     * @param answersScored answers of the champion at event time whose label came
     * @param answersAccuracy share of them that was right (delayed prequential accuracy); null if none is scored
     * @param recentAnswersAccuracy the same over the last 1,024; null if none is scored
     */
    public record Labels(
            long received,
            long joined,
            long corrections,
            long repeated,
            long outdated,
            long waiting,
            long expired,
            SortedMap<String, Long> rejected,
            @Nullable Double rate,
            @Nullable Double meanDelayMillis,
            @Nullable Double medianDelayMillis,
            long answersScored,
            @Nullable Double answersAccuracy,
            @Nullable Double recentAnswersAccuracy) {}

    /** One manifest; {@code offsets} are what it covers beyond the one before. */
    public record Checkpoint(String id, List<Offsets> offsets, long step, List<CheckpointedFile> files) {}

    /** One checkpoint's held-out accuracy by task. */
    public record TaskRow(String checkpoint, SortedMap<String, TaskCell> tasks) {}

    public record TaskCell(long examples, double accuracy) {}

    /**
     * That the stream was seen to have changed.
     *
     * @param detector which saw it
     * @param at number of the example at which it was seen, from 0 over all learned from
     * @param since number of the example with which the change is estimated to have begun
     * @param before mean error before it; of mmd the smallest significant discrepancy
     * @param after mean error since; of mmd the discrepancy found
     */
    public record Alarm(String detector, long at, long since, double before, double after) {}

    /** Half-open: {@code from} is covered, {@code to} is not. */
    public record Offsets(int partition, long from, long to) {
        static List<Offsets> of(List<OffsetRange> ranges) {
            return ranges.stream()
                    .map(range -> new Offsets(range.getPartition(), range.getFrom(), range.getTo()))
                    .toList();
        }
    }

    public record CheckpointedFile(String path, String sha256, long size, String role) {}

    /** Where a trial stood when it was evaluated. Language models have bits per token, and an interval in bits, instead of accuracies. */
    public record Outcome(
            String trial,
            String champion,
            String candidate,
            long pairs,
            long wins,
            long losses,
            double championAccuracy,
            double candidateAccuracy,
            double candidateMacroF1,
            @Nullable Double championBitsPerToken,
            @Nullable Double candidateBitsPerToken,
            double intervalLow,
            double intervalHigh,
            double logEValue,
            double logThreshold,
            String decision,
            String reason) {}

    /** A promotion. {@code eValue} is the largest double where it is beyond one; bits are null for classifiers. */
    public record Promotion(
            String id,
            long pairs,
            double championAccuracy,
            double candidateAccuracy,
            @Nullable Double championBitsPerToken,
            @Nullable Double candidateBitsPerToken,
            double eValue) {}

    /** The last champion. {@code uri} is its directory, or the checkpoint store that holds its files. */
    public record Champion(
            String id,
            String uri,
            @Nullable Double heldOutAccuracy,
            @Nullable Double macroF1,
            @Nullable Double heldOutBitsPerToken) {}

    /**
     * How well examples were predicted before they were learned from; bits per token are null for a classifier.
     *
     * @param windowBitsPerToken over the last 1,000 texts
     */
    public record BeforeLearning(
            double accuracy,
            double lastQuarterAccuracy,
            @Nullable Double bitsPerToken,
            @Nullable Double windowBitsPerToken) {}

    /** Wall time in all, and the time spent inside training steps and inside scoring. */
    public record Seconds(double total, double training, double scoring) {}

    String json() throws IOException {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(this);
    }

    /** Writes the report, replacing what was there. */
    public void write(Path file) throws IOException {
        Files.writeString(file, json() + System.lineSeparator());
    }
}

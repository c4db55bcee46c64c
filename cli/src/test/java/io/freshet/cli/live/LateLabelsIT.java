package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.stream.StatusText;
import io.freshet.cli.stream.StreamView;
import io.freshet.client.ExampleProducer;
import io.freshet.ingest.CountsReader;
import io.freshet.ingest.IngestCounts;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Label;
import io.freshet.schemas.LabeledExample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events whose labels come 1,000 events later, through all services. */
@Timeout(300)
class LateLabelsIT {

    private static final int EVENTS = 1_600;
    private static final int DELAY = 1_000;

    @TempDir
    Path directory;

    private final List<Label> corrections = new ArrayList<>();
    private int missing;
    private int labels;

    @Test
    void everyEventIsAccountedForAndLearnedOnceThoughItsLabelComesLate() throws IOException {
        try (LiveStack stack = LiveStack.start(directory, Map.of("ingest.labels.wait.ms", "3600000"));
                CountsReader counts = CountsReader.open(
                        stack.cluster().clientSettings(), stack.cluster().modelName())) {
            publish(stack, counts);
            stack.await("the count of all records", view -> counted(counts.read()));
            stack.await("the champion's answers", view -> answered(counts.read()));
            StreamView view = stack.await("everything to be learned", v -> learned(v, counts.read()));

            IngestCounts ingested = counts.read();
            CheckpointManifest newest = Objects.requireNonNull(view.newestCheckpoint());
            long trained = newest.getTrained() - view.correctionsCovered();
            assertThat(view.rejected()).isEmpty();
            assertThat(view.expired()).isZero();
            assertThat(ingested.duplicates()).isZero();
            assertThat(ingested.waiting()).isEqualTo(missing);
            assertThat(view.heldOut() + trained + ingested.waiting()).isEqualTo(EVENTS);
            assertThat(trained).isEqualTo(ingested.trained());
            assertThat(ingested.labels().corrections()).isEqualTo(corrections.size());
            assertThat(ingested.labels().corrected())
                    .isEqualTo(view.corrections())
                    .isPositive();
            assertThat(ingested.labels().total()).isEqualTo(labels);
            assertThat(ingested.labels().joined()).isEqualTo(EVENTS - missing);
            assertThat(ingested.labels().answers().scored())
                    .as("the champion answered every event once")
                    .isEqualTo(EVENTS - missing);
            assertThat(StatusText.of(view, ingested))
                    .anyMatch(line -> line.contains("90.0 % of those without a label got one"))
                    .anyMatch(line -> line.startsWith("delay       mean"));
        }
    }

    private boolean counted(IngestCounts counts) {
        return counts.total() == EVENTS && counts.labels().total() == labels && counts.waiting() == missing;
    }

    private static boolean answered(IngestCounts counts) {
        return counts.labels().answers().scored() == counts.labels().joined();
    }

    private static boolean learned(StreamView view, IngestCounts counts) {
        return view.admitted() == counts.trained()
                && view.heldOut() == counts.heldOut()
                && view.corrections() == counts.labels().corrected()
                && view.trainEnds().entrySet().stream()
                        .allMatch(end -> view.checkpointedEnds().getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** The labels of one event in ten never come; one in a hundred is corrected. */
    private void publish(LiveStack stack, CountsReader counts) {
        List<LabeledExample> events = TinyStream.examples("late", EVENTS, 0, 4, 5);
        List<List<Label>> due = new ArrayList<>();
        for (int i = 0; i < EVENTS + 2 * DELAY; i++) {
            due.add(new ArrayList<>());
        }
        Random random = new Random(7);
        for (int i = 0; i < EVENTS; i++) {
            LabeledExample event = events.get(i);
            if (i % 10 == 3) {
                missing++;
                continue;
            }
            due.get(i + DELAY - 300 + random.nextInt(600)).add(label(event, String.valueOf(event.getLabel()), i));
            if (i % 100 == 50) {
                Label correction = label(event, "corrected", i + 1);
                due.get(i + DELAY + 400).add(correction);
                corrections.add(correction);
            }
        }
        try (ExampleProducer producer = ExampleProducer.builder()
                .bootstrapServers(stack.cluster().bootstrapServers())
                .schemaRegistry(stack.cluster().registryUrl())
                .modelName(stack.cluster().modelName())
                .open()) {
            for (int i = 0; i < due.size(); i++) {
                if (i % 100 == 0) {
                    keepPace(stack, producer, counts, i);
                }
                if (i < EVENTS) {
                    var unused = producer.send(LabeledExample.newBuilder(events.get(i))
                            .setLabel(null)
                            .build());
                }
                for (Label label : due.get(i)) {
                    var unused = producer.send(label);
                    labels++;
                }
            }
            producer.flush();
        }
    }

    /** The broker's clock has milliseconds: what is published in one go has no order between two topics. */
    private static void keepPace(LiveStack stack, ExampleProducer producer, CountsReader counts, int published) {
        producer.flush();
        int enough = Math.min(EVENTS, published - DELAY / 2);
        stack.await("ingest to follow", view -> counts.read().total() >= enough);
    }

    private static Label label(LabeledExample event, String label, int second) {
        return Label.newBuilder()
                .setId(event.getId())
                .setLabel(label)
                .setTime(Instant.parse("2026-01-02T00:00:00Z").plusSeconds(second))
                .build();
    }
}

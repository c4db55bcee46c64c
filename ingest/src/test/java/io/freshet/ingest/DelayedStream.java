package io.freshet.ingest;

import io.freshet.schemas.Label;
import io.freshet.schemas.LabeledExample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A made-up stream whose labels come some 1,000 events late and out of order, a few before their events; one in ten never
 * comes, one in a hundred is corrected later, some come twice, some belong to no event. One event in twenty brings its label.
 */
final class DelayedStream {

    static final int UNKNOWN = 20;

    private static final int DELAY = 1_000;

    /** Labels that examples must go on with, by id. */
    final Map<String, String> first = new TreeMap<>();
    /** Labels that examples must have in the end, by id, of those that were corrected. */
    final Map<String, String> corrected = new TreeMap<>();
    /** Ids of events whose label never comes. */
    final List<String> missing = new ArrayList<>();

    int labels;
    int repeated;
    int joined;

    private final List<Runnable> publications = new ArrayList<>();

    DelayedStream(int events, long seed, Consumer<LabeledExample> examples, Consumer<Label> labelled) {
        Random random = new Random(seed);
        record At(double place, Runnable publication) {}
        List<At> planned = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            String id = "e" + i;
            String label = "label" + i % 7;
            boolean brings = i % 20 == 0;
            LabeledExample example = Examples.builder(id, "utterance number " + i, "")
                    .setLabel(brings ? label : null)
                    .build();
            planned.add(new At(i, () -> examples.accept(example)));
            if (i % 10 == 3) {
                missing.add(id);
                continue;
            }
            first.put(id, label);
            if (!brings) {
                joined++;
                int late = i % 50 == 11 ? -200 : DELAY + random.nextInt(DELAY) - DELAY / 2;
                Label given = label(id, label, i);
                planned.add(new At(i + late + 0.5, () -> labelled.accept(given)));
                labels++;
                if (i % 40 == 5) {
                    planned.add(new At(i + late + 40.5, () -> labelled.accept(given)));
                    labels++;
                    repeated++;
                }
            }
            if (i % 100 == 7 || i % 400 == 60) {
                corrected.put(id, "other" + i % 7);
                Label correction = label(id, "other" + i % 7, i + 5_000);
                planned.add(new At(i + 2 * DELAY + 0.5, () -> labelled.accept(correction)));
                labels++;
            }
        }
        for (int i = 0; i < UNKNOWN; i++) {
            Label unknown = label("unknown" + i, "label", i);
            planned.add(new At(random.nextInt(events) + 0.25, () -> labelled.accept(unknown)));
            labels++;
        }
        planned.sort(Comparator.comparingDouble(At::place));
        planned.forEach(at -> publications.add(at.publication()));
    }

    /** What is to be published, in order. */
    List<Runnable> publications() {
        return publications;
    }

    static Label label(String id, String label, int second) {
        return Label.newBuilder()
                .setId(id)
                .setLabel(label)
                .setTime(Instant.parse("2026-03-01T00:00:00Z").plusSeconds(second))
                .setSource("annotator")
                .build();
    }
}

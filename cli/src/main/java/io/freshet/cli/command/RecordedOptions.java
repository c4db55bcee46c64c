package io.freshet.cli.command;

import io.freshet.cli.backtest.Sample;
import io.freshet.cli.stream.Bound;
import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.Recording;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stretch of a recorded stream. */
final class RecordedOptions {

    @Option(
            names = "--from-topic",
            description =
                    "Learns from what a cluster has recorded of a model, instead of a file: its examples.train, in the"
                            + " order of the brokers' times. Tests with examples.heldout, unless --test or --hold-out say otherwise.")
    boolean fromTopic;

    @Option(
            names = "--from",
            paramLabel = "BOUND",
            description =
                    "Where the stretch begins: a time (2026-03-01T12:00:00Z), a day (2026-03-01), an offset of every"
                            + " partition (1200) or of some (0:1200,1:900); the first record if not said.")
    @Nullable
    String from;

    @Option(
            names = "--to",
            paramLabel = "BOUND",
            description = "Where it ends, that bound left out; the last record if not said.")
    @Nullable
    String to;

    /** Adds a line for everything that is wrong. */
    void check(List<String> problems) {
        bound("--from", from, problems);
        bound("--to", to, problems);
        if (!fromTopic && (from != null || to != null)) {
            problems.add("--from and --to are of a recorded topic; say --from-topic too");
        }
    }

    private static void bound(String option, @Nullable String text, List<String> problems) {
        try {
            bound(text);
        } catch (IllegalArgumentException e) {
            problems.add("%s %s".formatted(option, e.getMessage()));
        }
    }

    private static Bound bound(@Nullable String text) {
        return text == null ? new Bound.Open() : Bound.parse(text);
    }

    /** Reads what was admitted for training. */
    List<Sample> stream(Cluster cluster) {
        try (Recording recording = new Recording(cluster)) {
            return samples(recording.read(Topic.TRAIN, bound(from), bound(to)));
        }
    }

    /** Reads what was held out: up to the same time; all of it where the bound is an offset, which means nothing there. */
    List<Sample> heldOut(Cluster cluster) {
        Bound end = bound(to) instanceof Bound.Time time ? time : new Bound.Open();
        try (Recording recording = new Recording(cluster)) {
            return samples(recording.read(Topic.HELD_OUT, new Bound.Open(), end));
        }
    }

    private static List<Sample> samples(List<LabeledExample> examples) {
        List<Sample> samples = new ArrayList<>();
        for (LabeledExample example : examples) {
            Sample sample = Sample.of(example);
            if (sample != null) {
                samples.add(sample);
            }
        }
        return samples;
    }

    /** Returns what is read, in words. */
    String describe() {
        return "examples.train from %s to %s"
                .formatted(from == null ? "the first record" : from, to == null ? "the last record" : to);
    }
}

package io.freshet.cli.command;

import io.freshet.cli.probe.RandomTwin;
import io.freshet.cli.probe.Recovery;
import io.freshet.cli.probe.SwappedStream;
import io.freshet.model.torch.Torch;
import io.freshet.trainer.drift.DriftAlarm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how learning comes through a change of its stream. */
@Command(
        name = "drift-probe",
        hidden = true,
        description = {
            "Learns a generated stream in which two groups of labels exchange their meaning halfway, without Kafka, once for"
                    + " each reaction and seed, and says how long it took until predictions were as good as before."
        },
        footerHeading = "%nExample:%n",
        footer = "  freshet drift-probe --seeds 1,2,3 --reactions off --reactions alarm,shrink")
final class DriftProbeCommand implements Callable<Integer> {

    private static final String OFF = "off";

    /** So that a small model of random weights learns from a few thousand texts, whatever the trainer's defaults are. */
    private static final Map<String, String> FOR_THE_SMALL_MODEL = Map.of(
            "trainer.strategy", "replay",
            "replay.size", "5000",
            "replay.ratio", "3",
            "batch.size", "4",
            "learning.rate", "0.003",
            "learning.rate.head", "0.003");

    @Spec
    CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The model to start from; by default a small one of random weights.")
    @Nullable
    Path model;

    @Option(names = "--examples", paramLabel = "N", defaultValue = "6000", description = "Length of the stream.")
    int examples;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "SEED",
            defaultValue = "1,2,3",
            description = "Of the streams and of learning.")
    List<Long> seeds = new ArrayList<>();

    @Option(
            names = "--reactions",
            paramLabel = "LIST",
            description = "A value of drift.reaction, or off for no detection; may be repeated.")
    List<String> reactions = new ArrayList<>(List.of(OFF, "alarm", "alarm,shrink", "alarm,rewarm,shrink"));

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Threads of one operation.")
    int threads;

    @Mixin
    SettingOptions settings = new SettingOptions();

    @Override
    public Integer call() throws IOException {
        Logs.none();
        Torch.start(threads);
        PrintWriter out = spec.commandLine().getOut();
        for (long seed : seeds) {
            SwappedStream stream = SwappedStream.generated(examples, seed);
            try (RandomTwin small = stream.smallModel(seed)) {
                Path start = model == null ? small.directory() : model;
                for (String reaction : reactions) {
                    Recovery recovery = Recovery.of(stream, start, settings(reaction, seed));
                    out.println("seed %d, %s: %s".formatted(seed, reaction, text(recovery)));
                    out.flush();
                }
            }
        }
        return ExitCode.DONE;
    }

    private Map<String, String> settings(String reaction, long seed) {
        Map<String, String> all = new TreeMap<>();
        if (model == null) {
            all.putAll(FOR_THE_SMALL_MODEL);
        }
        all.putAll(settings.values());
        all.put("trainer.seed", Long.toString(seed));
        if (reaction.equals(OFF)) {
            all.put("drift.detector", "none");
        } else {
            all.put("drift.reaction", reaction);
        }
        return all;
    }

    private static String text(Recovery recovery) {
        String recovered = recovery.recovered().isPresent()
                ? "back within %.2f after %,d examples"
                        .formatted(Recovery.TOLERANCE, recovery.recovered().getAsInt())
                : "not back within %.2f".formatted(Recovery.TOLERANCE);
        return "accuracy %.3f before, %.3f at its lowest, %.3f at the end, %s; %d false alarms, alarms %s"
                .formatted(
                        recovery.before(),
                        recovery.lowest(),
                        recovery.after(),
                        recovered,
                        recovery.falseAlarms().size(),
                        recovery.alarms().stream().map(DriftProbeCommand::text).collect(Collectors.joining("; ")));
    }

    private static String text(DriftAlarm alarm) {
        return "%s at %d since %d".formatted(alarm.detector(), alarm.at(), alarm.since());
    }
}

package io.freshet.cli.command;

import io.freshet.cli.input.ExampleSource;
import io.freshet.cli.input.InputFile;
import io.freshet.cli.input.InputRecord;
import io.freshet.cli.probe.Probe;
import io.freshet.cli.probe.RandomTwin;
import io.freshet.model.torch.Torch;
import io.freshet.schemas.TextInput;
import io.freshet.trainer.OfflinePass.Labelled;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares models as starts for learning. */
@Command(
        name = "pretrain-probe",
        hidden = true,
        description = {
            "Judges models as starts for learning to classify: the accuracy of a linear discriminant over their frozen"
                    + " features, and what one pass or more with the trainer's own defaults gives, without Kafka."
        },
        footerHeading = "%nExample:%n",
        footer = "  freshet pretrain-probe --input data_full.json --model encoder --random --seeds 7,8,9")
final class PretrainProbeCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = "Labelled texts with splits (.json).")
    Path input;

    @Option(names = "--train", paramLabel = "NAME", defaultValue = "train", description = "Split to learn from.")
    String train;

    @Option(names = "--test", paramLabel = "NAME", defaultValue = "val", description = "Split to be judged on.")
    String test;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "A model; may be repeated.")
    List<Path> models = new ArrayList<>();

    @Option(
            names = "--random",
            description = "Judges beside each model one of random weights, of the same shape and word pieces.")
    boolean random;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "SEED",
            description = "Orders in which is learned; without them there is only the discriminant.")
    List<Long> seeds = new ArrayList<>();

    @Option(names = "--passes", paramLabel = "N", defaultValue = "1", description = "Over the texts to learn from.")
    int passes;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "Threads of one operation.")
    int threads;

    @Mixin
    SettingOptions settings = new SettingOptions();

    @Override
    public Integer call() throws IOException {
        Logs.none();
        Torch.start(threads);
        Probe probe = new Probe(read(train), read(test), settings.values());
        for (Path model : models) {
            judge(probe, model, model.toString());
            if (random) {
                try (RandomTwin twin = RandomTwin.of(model)) {
                    judge(probe, twin.directory(), "random weights shaped as " + model);
                }
            }
        }
        return ExitCode.DONE;
    }

    private void judge(Probe probe, Path model, String name) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("%s: discriminant %.4f".formatted(name, probe.discriminant(model)));
        for (long seed : seeds) {
            Probe.Learned learned = probe.learn(model, seed, passes);
            String tested = learned.tested().stream().map("%.4f"::formatted).collect(Collectors.joining(", "));
            out.println("%s: seed %d, prequential %.4f, last quarter %.4f, tested %s"
                    .formatted(name, seed, learned.prequential(), learned.lastQuarter(), tested));
        }
    }

    private List<Labelled> read(String split) throws IOException {
        List<Labelled> texts = new ArrayList<>();
        try (ExampleSource source = new InputFile(input, split, null, /* labelled= */ true).open(Clock.systemUTC())) {
            for (InputRecord entry = source.next(); entry != null; entry = source.next()) {
                if (entry instanceof InputRecord.Example example
                        && example.example().getInput() instanceof TextInput text
                        && example.example().getLabel() != null) {
                    texts.add(new Labelled(text.getText(), example.example().getLabel()));
                }
            }
        }
        return texts;
    }
}

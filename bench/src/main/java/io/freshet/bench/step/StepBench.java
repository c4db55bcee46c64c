package io.freshet.bench.step;

import io.freshet.bench.figures.Ratio;
import io.freshet.bench.input.LabelledText;
import io.freshet.bench.input.SyntheticTexts;
import io.freshet.bench.machine.Machine;
import io.freshet.bench.machine.ProcFile;
import io.freshet.model.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Measures training steps of several models, here and, where a Python is given, in PyTorch. */
public final class StepBench {

    /** How many batches the texts are enough for: four windows of the usual size. */
    private static final int BATCHES = 128;

    private final StepRequest request;
    private final Consumer<String> out;
    private final Path scratch;
    private final Map<String, String> versions = new TreeMap<>();
    private final List<String> remarks = new ArrayList<>();

    /**
     * @param scratch an empty directory for models and scripts
     * @param out where lines for people go
     */
    public StepBench(StepRequest request, Path scratch, Consumer<String> out) {
        this.request = request;
        this.scratch = scratch;
        this.out = out;
    }

    /**
     * Measures.
     *
     * @throws IOException if a model cannot be written or Python does not do its part
     */
    public StepReport run() throws IOException {
        List<Subject> subjects = request.subjects();
        Machine machine = Machine.here();
        Torch.start(request.threads());
        versions.put("libtorch", Torch.version());
        versions.put("java", machine.java());
        List<LabelledText> texts = texts();
        out.accept("%s, %d cores, %d thread(s), clock: %s; %d texts: %s"
                .formatted(
                        machine.cpu(),
                        machine.cores(),
                        Torch.threads(),
                        request.clock().key(),
                        texts.size(),
                        request.origin()));
        List<Race> races = races(subjects, texts);
        List<Ratio> ratios = races.stream()
                .flatMap(race -> race.comparison().ratios().stream())
                .toList();
        remarks.forEach(out);
        return new StepReport(
                machine,
                Torch.threads(),
                request.clock().key(),
                versions,
                request.origin(),
                request.rounds(),
                races.stream()
                        .flatMap(race -> race.comparison().figures().stream())
                        .toList(),
                races.stream().flatMap(race -> race.agreements().stream()).toList(),
                ratios,
                remarks);
    }

    private List<Race> races(List<Subject> subjects, List<LabelledText> texts) throws IOException {
        if (request.python() == null) {
            remarks.add("PyTorch was not measured: no --python was given");
        }
        List<Race> races = new ArrayList<>();
        for (Subject subject : subjects) {
            long free = ProcFile.MEMORY.megabytes("MemAvailable");
            if (free >= 0 && free < subject.memory()) {
                remarks.add("%s was left out: it needs %,d MiB of memory and %,d are free"
                        .formatted(subject.name(), subject.memory(), free));
                continue;
            }
            Race race = new Race(subject, request, out);
            race.run(texts, scratch, versions);
            races.add(race);
        }
        return races;
    }

    private List<LabelledText> texts() {
        int count = Math.multiplyExact(request.batch(), BATCHES);
        if (request.texts().isEmpty()) {
            return SyntheticTexts.of(SyntheticTexts.words(), count, StepRules.SEED);
        }
        return request.texts().subList(0, Math.min(count, request.texts().size()));
    }
}

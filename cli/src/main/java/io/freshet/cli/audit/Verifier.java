package io.freshet.cli.audit;

import io.freshet.cli.stream.Cluster;
import io.freshet.core.config.CommonConfig;
import io.freshet.core.config.ModelSettings;
import io.freshet.evaluator.scorer.Rescorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Recomputes a decision of the gate from the topics and the models. */
public final class Verifier {

    private final Cluster cluster;
    private final Map<String, String> settings;
    private final Path directory;
    private final double tolerance;
    private final BiConsumer<Long, Long> progress;

    /**
     * @param settings a scorer's, and the checkpoint store's; what is not in there is as by default, or as the trial says
     * @param directory where models are laid out; for this alone
     * @param tolerance how far a score made again may be from the recorded one, a probability or bits per token
     * @param progress told of scores made and to be made
     */
    public Verifier(
            Cluster cluster,
            Map<String, String> settings,
            Path directory,
            double tolerance,
            BiConsumer<Long, Long> progress) {
        this.cluster = cluster;
        this.settings = Map.copyOf(settings);
        this.directory = directory;
        this.tolerance = tolerance;
        this.progress = progress;
    }

    /**
     * Verifies what was decided about a checkpoint.
     *
     * @param name its id, the beginning of it, or {@code champion}
     * @throws UnknownCheckpointException if that is no checkpoint, or nothing was decided about it
     * @throws IOException if the checkpoint store cannot be opened
     */
    public Verification verify(String name) throws IOException {
        CaseReader reader = new CaseReader(cluster);
        CaseFile file = reader.read(name);
        List<Check> checks = new ArrayList<>(checks(file));
        checks.add(reader.leaks(file));
        return new Verification(
                file.opened().getCandidate(),
                file.opened().getId(),
                file.closed().getOutcome(),
                checks);
    }

    /** Looks into everything but what the models were trained on. */
    List<Check> checks(CaseFile file) throws IOException {
        List<Check> checks = new ArrayList<>();
        checks.add(PolicyCheck.of(file));
        checks.add(BudgetCheck.of(file));
        checks.add(PairsCheck.of(file));
        checks.add(RecordedScoresCheck.of(file));
        checks.add(FoldCheck.recorded(file));
        try (Rescorer rescorer = Rescorer.open(scorer(file), directory)) {
            RescoreCheck.Result again = RescoreCheck.of(file, rescorer, tolerance, progress);
            checks.add(again.check());
            checks.add(FoldCheck.again(file, again.pairs(), again.exact()));
        }
        checks.add(SplitCheck.of(file));
        return checks;
    }

    private Map<String, String> scorer(CaseFile file) {
        Map<String, String> scorer = new TreeMap<>(settings);
        scorer.putIfAbsent(CommonConfig.STORE, file.opened().getStore());
        scorer.put(ModelSettings.OBJECTIVE, file.opened().getObjective());
        scorer.put(ModelSettings.PRECISION, "fp32");
        return scorer;
    }
}

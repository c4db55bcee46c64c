package io.freshet.cli.audit;

import io.freshet.cli.stream.Cluster;
import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Decision;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Pair;
import io.freshet.schemas.TextInput;
import io.freshet.schemas.Topic;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out about a checkpoint from the topics alone. */
public final class Explainer {

    private static final int KINDS = 5;
    private static final int SAMPLES = 2;

    private final Cluster cluster;

    public Explainer(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Explains one checkpoint.
     *
     * @param name its id, the beginning of it, or {@code champion}
     * @throws UnknownCheckpointException if that is no checkpoint, or more than one
     */
    public Explanation explain(String name) {
        TrailReader reader = new TrailReader(cluster);
        Trail trail = reader.trail();
        String id = resolve(name, trail);
        CheckpointManifest manifest = manifest(trail, id);
        Lineage lineage = Lineage.of(trail.manifests(), id);
        return new Explanation(
                id,
                made(manifest),
                crownings(trail, id),
                trail.reigning()
                        .map(reigning -> reigning.getCheckpoint().equals(id))
                        .orElse(false),
                lineage.chain().stream().map(Explainer::ancestor).toList(),
                lineage.missing().orElse(null),
                Topic.TRAIN.of(cluster.modelName()),
                lineage.trainedOn(),
                lineage.unseen(),
                trials(reader, trail, id),
                trail.decisions().stream()
                        .filter(decision -> id.equals(decision.getCheckpoint()))
                        .map(Explainer::ruling)
                        .toList());
    }

    static String resolve(String name, Trail trail) {
        Set<String> known = new TreeSet<>(trail.manifests().keySet());
        trail.champions().forEach(champion -> known.add(champion.getCheckpoint()));
        return CheckpointName.resolve(name, known, trail.reigning().map(ChampionUpdate::getCheckpoint));
    }

    private static CheckpointManifest manifest(Trail trail, String id) {
        CheckpointManifest manifest = trail.manifests().get(id);
        if (manifest == null) {
            throw new UnknownCheckpointException(
                    "checkpoint %s was champion, but its manifest is gone from the topic of checkpoints".formatted(id));
        }
        return manifest;
    }

    private List<TrialAccount> trials(TrailReader reader, Trail trail, String id) {
        List<Trial> mine = trail.opened().values().stream()
                .filter(trial -> role(trial, id).isPresent())
                .toList();
        Set<String> asCandidate = mine.stream()
                .filter(trial ->
                        trial.getCandidate().equals(id) && !trial.getKind().equals(TrialAccount.WATCH))
                .map(Trial::getId)
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, List<Pair>> pairs = asCandidate.isEmpty() ? Map.of() : reader.pairs(asCandidate);
        List<TrialAccount> accounts = new ArrayList<>();
        for (Trial trial : mine) {
            List<Pair> counted = pairs.get(trial.getId());
            accounts.add(TrialAccount.of(
                    trial,
                    trail.trials().getOrDefault(trial.getId(), trial),
                    role(trial, id).orElseThrow(),
                    PolicyLines.of(trial),
                    trail.evaluation(trial.getId()).orElse(null),
                    counted == null ? null : changes(counted)));
        }
        return accounts;
    }

    private Changes changes(List<Pair> pairs) {
        Changes changes = Changes.of(pairs, KINDS, SAMPLES);
        try (ExampleTopic topic = new ExampleTopic(cluster, Topic.HELD_OUT)) {
            Map<Place, LabeledExample> found = topic.read(new TreeSet<>(changes.places()));
            return changes.withTexts(place -> text(found.get(place)));
        }
    }

    private static @Nullable String text(@Nullable LabeledExample example) {
        if (example != null && example.getInput() instanceof TextInput input) {
            return input.getTextPair() == null ? input.getText() : input.getText() + " | " + input.getTextPair();
        }
        return null;
    }

    private static Optional<String> role(Trial trial, String id) {
        if (trial.getCandidate().equals(id)) {
            return Optional.of(TrialAccount.CANDIDATE);
        }
        if (trial.getChampion().equals(id)) {
            return Optional.of("champion");
        }
        return id.equals(trial.getAnchor()) ? Optional.of("anchor") : Optional.empty();
    }

    /** Returns each time it became champion, and who came after it. */
    private static List<Explanation.Crowning> crownings(Trail trail, String id) {
        return trail.champions().stream()
                .filter(champion -> champion.getCheckpoint().equals(id) || id.equals(champion.getPrevious()))
                .map(champion -> new Explanation.Crowning(
                        champion.getSequence(),
                        champion.getCheckpoint(),
                        champion.getReason(),
                        champion.getTrial(),
                        champion.getWho(),
                        champion.getWhy(),
                        champion.getTime()))
                .toList();
    }

    private static Explanation.Made made(CheckpointManifest manifest) {
        return new Explanation.Made(
                manifest.getStep(),
                manifest.getTrained(),
                manifest.getRejected(),
                manifest.getLabels(),
                manifest.getObjective(),
                manifest.getTime(),
                manifest.getConfigHash(),
                manifest.getSeed(),
                manifest.getEngine(),
                manifest.getCpu(),
                manifest.getThreads());
    }

    private static Explanation.Ancestor ancestor(CheckpointManifest manifest) {
        return new Explanation.Ancestor(
                manifest.getId(), manifest.getStep(), manifest.getTrained(), manifest.getTime());
    }

    private static Explanation.Ruling ruling(Decision decision) {
        return new Explanation.Ruling(
                decision.getKind(),
                decision.getCommand(),
                decision.getWho(),
                decision.getReason(),
                decision.getDetail(),
                decision.getTime());
    }
}

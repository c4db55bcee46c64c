package io.freshet.cli.audit;

import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.StreamListener;
import io.freshet.evaluator.scorer.Batch;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.Pair;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.SplitSettings;
import io.freshet.schemas.Topic;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers from the topics all that bears on the decision on a candidate. */
final class CaseReader {

    private final Cluster cluster;
    private final TrailReader reader;

    CaseReader(Cluster cluster) {
        this.cluster = cluster;
        this.reader = new TrailReader(cluster);
    }

    /**
     * Reads the case of a checkpoint: of the last trial in which it was the candidate.
     *
     * @throws UnknownCheckpointException if the name is no checkpoint's, or nothing was decided about it
     */
    CaseFile read(String name) {
        Trail trail = reader.trail();
        Trial opened = opened(Explainer.resolve(name, trail), trail);
        Trial closed = trail.trials().getOrDefault(opened.getId(), opened);
        Evaluation evaluation = trail.evaluation(opened.getId())
                .orElseThrow(() -> new IllegalStateException(
                        "trial %s has no evaluation: it ended before anything was counted".formatted(opened.getId())));
        List<Pair> pairs = reader.pairs(Set.of(opened.getId())).getOrDefault(opened.getId(), List.of());
        AtomicReference<@Nullable SplitSettings> split = new AtomicReference<>();
        reader.read(EnumSet.of(Topic.SPLIT), new StreamListener() {
            @Override
            public void split(SplitSettings settings) {
                split.set(settings);
            }
        });
        CaseFile file = new CaseFile(
                opened,
                closed,
                evaluation,
                pairs,
                new ScoreLog(Set.of()),
                before(trail, opened),
                trail.champions(),
                trail.manifests(),
                Optional.ofNullable(split.get()),
                Map.of());
        ScoreLog scores = new ScoreLog(file.checkpoints());
        reader.read(EnumSet.of(Topic.SCORES), scores);
        return file.with(scores, heldOut(file, scores));
    }

    private static Trial opened(String id, Trail trail) {
        Trial last = null;
        for (Trial trial : trail.opened().values()) {
            if (trial.getCandidate().equals(id) && !trial.getKind().equals(TrialAccount.WATCH)) {
                last = trial;
            }
        }
        if (last == null) {
            throw new UnknownCheckpointException(
                    "nothing was decided about %s: it was never the candidate of a trial; see 'freshet explain %s'"
                            .formatted(id, id));
        }
        if (trail.trials().getOrDefault(last.getId(), last).getState().equals("open")) {
            throw new UnknownCheckpointException(
                    "nothing is decided about %s yet: trial %s is open; see 'freshet explain %s'"
                            .formatted(id, last.getId(), id));
        }
        return last;
    }

    private static List<Trial> before(Trail trail, Trial opened) {
        List<Trial> before = new ArrayList<>();
        for (Trial record : trail.trialRecords()) {
            if (record.getId().equals(opened.getId())) {
                break;
            }
            before.add(record);
        }
        return before;
    }

    /** Reads the pairs' examples, and those that were in a batch with them. */
    private Map<Place, LabeledExample> heldOut(CaseFile file, ScoreLog scores) {
        TreeSet<Place> wanted = new TreeSet<>();
        for (Pair pair : file.pairs()) {
            wanted.add(Place.of(pair));
            for (Seat.Role role : Seat.Role.of(file.opened())) {
                scores.counted(role.checkpoint(file.opened()), pair, role)
                        .flatMap(scores::batch)
                        .map(Batch::members)
                        .ifPresent(members ->
                                members.forEach(member -> wanted.add(new Place(member.partition(), member.offset()))));
            }
        }
        try (ExampleTopic topic = new ExampleTopic(cluster, Topic.HELD_OUT)) {
            return topic.read(wanted);
        }
    }

    /** Goes through what the models compared were trained on. */
    Check leaks(CaseFile file) {
        Map<String, Lineage> lineages =
                file.checkpoints().stream().collect(Collectors.toMap(id -> id, id -> Lineage.of(file.manifests(), id)));
        Set<Place> paired = file.pairs().stream().map(Place::of).collect(Collectors.toSet());
        Map<Place, LabeledExample> heldOut = new TreeMap<>(file.heldOut());
        heldOut.keySet().retainAll(paired);
        LeakCheck check = new LeakCheck(lineages, heldOut);
        Set<Place> rejected = rejectedInTraining();
        List<Span> shown = Span.union(lineages.values().stream()
                .flatMap(lineage -> lineage.trainedOn().stream())
                .toList());
        try (ExampleTopic topic = new ExampleTopic(cluster, Topic.TRAIN)) {
            return check.result(
                    topic.scan(shown, (place, example) -> check.trained(place, example, !rejected.contains(place))));
        }
    }

    private Set<Place> rejectedInTraining() {
        Set<Place> rejected = new HashSet<>();
        String train = Topic.TRAIN.of(cluster.modelName());
        reader.read(EnumSet.of(Topic.REJECTED), new StreamListener() {
            @Override
            public void rejected(RejectedExample example) {
                if (example.getTopic().equals(train)) {
                    rejected.add(new Place(example.getPartition(), example.getOffset()));
                }
            }
        });
        return rejected;
    }
}

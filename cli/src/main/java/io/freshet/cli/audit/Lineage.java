package io.freshet.cli.audit;

import io.freshet.schemas.CheckpointManifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a checkpoint's weights came from.
 *
 * @param chain the checkpoint, its parent and so on back to the genesis
 * @param missing the first parent whose manifest is not there; empty where the chain is whole
 * @param trainedOn offsets of the train topic that the weights were shown
 * @param unseen offsets that the chain of manifests covers but these weights were never shown, after a rollback
 */
record Lineage(List<CheckpointManifest> chain, Optional<String> missing, List<Span> trainedOn, List<Span> unseen) {

    Lineage {
        chain = List.copyOf(chain);
        trainedOn = List.copyOf(trainedOn);
        unseen = List.copyOf(unseen);
    }

    /**
     * Follows the weights back: what a manifest covers was learned on top of its parent, but for what it says its weights
     * never saw.
     *
     * @param manifests by checkpoint id
     * @param id a checkpoint whose manifest is there
     */
    static Lineage of(Map<String, CheckpointManifest> manifests, String id) {
        List<CheckpointManifest> chain = new ArrayList<>();
        List<Span> trained = new ArrayList<>();
        List<Span> unseen = new ArrayList<>();
        Set<String> met = new HashSet<>();
        @Nullable String next = id;
        while (next != null && met.add(next)) {
            CheckpointManifest manifest = manifests.get(next);
            if (manifest == null) {
                break;
            }
            chain.add(manifest);
            List<Span> never = manifest.getUnseen().stream().map(Span::of).toList();
            trained.addAll(
                    Span.minus(manifest.getRanges().stream().map(Span::of).toList(), never));
            unseen.addAll(never);
            next = manifest.getParent();
        }
        Optional<String> missing = Optional.ofNullable(next).filter(parent -> !manifests.containsKey(parent));
        return new Lineage(chain, missing, Span.union(trained), Span.union(unseen));
    }

    boolean saw(int partition, long offset) {
        return trainedOn.stream().anyMatch(span -> span.contains(partition, offset));
    }
}

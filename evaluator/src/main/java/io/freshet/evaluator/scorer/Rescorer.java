package io.freshet.evaluator.scorer;

import io.freshet.core.store.CheckpointStore;
import io.freshet.core.store.CheckpointStores;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores held-out examples again, as a scorer does: for somebody who checks what scorers published. One model is loaded at a
 * time; its files are verified against their hashes. Confined to one thread. Closing it closes the model and removes its files.
 */
public final class Rescorer implements AutoCloseable {

    private final CheckpointStore store;
    private final ModelShelf shelf;
    private final BatchScorer scorer = new BatchScorer(() -> 0L); // latencies are not looked at

    private Rescorer(CheckpointStore store, ModelShelf shelf) {
        this.store = store;
        this.shelf = shelf;
    }

    /**
     * Opens the checkpoint store; models are opened when they are first asked.
     *
     * @param settings a scorer's, of which the longest text, the threads, the precision and the device matter, and the store's
     * @param directory where models are laid out; this one's alone
     * @throws io.freshet.core.config.ConfigException naming every problem of the settings at once
     * @throws IOException if the store cannot be opened
     */
    public static Rescorer open(Map<String, String> settings, Path directory) throws IOException {
        ScorerConfig config = ScorerConfig.from(settings);
        CheckpointStore store = CheckpointStores.open(config.store(), config.given());
        ModelLoader loader = new ModelLoader(
                store, directory, model -> ScorerService.open(model, config.objective(), config.modelOptions()));
        return new Rescorer(store, new ModelShelf(loader, () -> 0L));
    }

    /**
     * Scores one batch as it stands, padded to its longest text.
     *
     * @param files the checkpoint's model files
     * @param examples at least those of the batch, by where they stand
     * @param batch which examples, in which order
     * @return one score an example, in order; with an error where the model cannot be had, opened, or answers no number
     */
    public List<ExampleScore> score(
            String checkpoint, List<ModelFile> files, Map<Batch.Member, LabeledExample> examples, Batch batch) {
        shelf.retain(Set.of(checkpoint));
        Shelved model = shelf.get(checkpoint, files);
        if (model instanceof Shelved.Pending pending) {
            throw new IllegalStateException("checkpoint %s: %s".formatted(checkpoint, pending.reason()));
        }
        List<HeldOut> asked = new ArrayList<>();
        for (Batch.Member member : batch.members()) {
            LabeledExample example = examples.get(member);
            if (example == null) {
                throw new IllegalArgumentException(
                        "the batch %s asks for %s, which was not given".formatted(batch.name(), member));
            }
            asked.add(new HeldOut(member.partition(), member.offset(), example));
        }
        return scorer.score(checkpoint, model, asked);
    }

    @Override
    public void close() {
        shelf.close();
        store.close();
    }
}

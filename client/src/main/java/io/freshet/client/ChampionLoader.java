package io.freshet.client;

import io.freshet.model.Classifier;
import java.io.IOException;
import java.nio.file.Path;

/** Turns a champion into an opened, warmed-up model. Owns its stores. */
final class ChampionLoader implements AutoCloseable {

    private final ModelCache cache;
    private final StoreSource stores;
    private final ModelOpener opener;

    ChampionLoader(ModelCache cache, StoreSource stores, ModelOpener opener) {
        this.cache = cache;
        this.stores = stores;
        this.opener = opener;
    }

    /**
     * Fetches what the cache lacks, verifies everything, opens the model and makes its first classifications.
     *
     * @param released run once the model is closed
     * @return a model that the caller releases
     * @throws IOException if the files cannot be fetched, verified or kept
     * @throws io.freshet.model.ModelException if the files are no usable model
     */
    LoadedModel load(Champion champion, Runnable released) throws IOException {
        Path directory = cache.prepare(champion, stores);
        Classifier classifier = opener.open(directory);
        try {
            WarmUp.run(classifier);
            ServedModel served = new ServedModel(
                    champion.sequence(),
                    champion.checkpoint(),
                    classifier.labels(),
                    champion.heldOutAccuracy(),
                    champion.reason(),
                    champion.why());
            return new LoadedModel(classifier, served, released);
        } catch (RuntimeException | Error e) {
            classifier.close();
            throw e;
        }
    }

    @Override
    public void close() {
        stores.close();
    }
}

package io.freshet.client;

import io.freshet.model.Classifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An opened model and what is known about it.
 *
 * @param classifier owned: closed by {@link #release}
 * @param served what answers say about the model
 * @param released run after the classifier is closed
 */
record LoadedModel(Classifier classifier, ServedModel served, Runnable released) {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedModel.class);

    /** Frees the native memory. Never throws: it may run at the end of somebody's request. */
    void release() {
        try {
            classifier.close();
            LOG.debug("closed model {} ({})", served.sequence(), served.checkpoint());
        } catch (RuntimeException e) {
            LOG.warn("model {} ({}) did not close cleanly", served.sequence(), served.checkpoint(), e);
        } finally {
            released.run();
        }
    }
}

package io.freshet.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes updates on to every listener, whatever one of them throws, and to the log. */
final class Listeners implements UpdateListener {

    private static final Logger LOG = LoggerFactory.getLogger(ModelUpdates.class);

    private final List<UpdateListener> all;

    Listeners(List<UpdateListener> first) {
        this.all = new CopyOnWriteArrayList<>(first);
    }

    void add(UpdateListener listener) {
        all.add(listener);
    }

    @Override
    public void onSwap(Optional<ServedModel> before, ServedModel after) {
        LOG.info(
                "serving champion {} ({}, {} labels; {}{}), before it {}",
                after.sequence(),
                after.checkpoint(),
                after.labels().size(),
                after.reason(),
                after.why().map(why -> ": " + why).orElse(""),
                before.map(model -> String.valueOf(model.sequence())).orElse("none"));
        tell(listener -> listener.onSwap(before, after));
    }

    @Override
    public void onFailure(UpdateFailure failure) {
        LOG.warn("{}: {}", failure.stage(), failure.message());
        LOG.debug("behind it", failure.cause());
        tell(listener -> listener.onFailure(failure));
    }

    private void tell(Consumer<UpdateListener> news) {
        for (UpdateListener listener : all) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener of model updates failed", e);
            }
        }
    }
}

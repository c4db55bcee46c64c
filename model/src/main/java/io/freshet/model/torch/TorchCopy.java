package io.freshet.model.torch;

import ai.djl.pytorch.engine.PtNDManager;
import io.freshet.model.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A learner's weights and optimizer state at one moment, in host memory of its own. One thread at a time. */
public final class TorchCopy implements AutoCloseable {

    private final List<String> names;
    private final List<String> trained;
    private final PtNDManager manager;
    private final Copies copies;
    private boolean closed;

    /**
     * The copied tensors.
     *
     * @param weights the weights
     * @param optimizer what is kept of each trained weight, by the prefixes of the names that {@link OptimizerState} says
     */
    record Copies(TensorList weights, Map<String, TensorList> optimizer) {}

    /**
     * @param names names of the copied weights
     * @param trained names of the trained ones
     * @param copy makes copies for a manager of the host
     */
    TorchCopy(List<String> names, List<String> trained, Function<PtNDManager, Copies> copy) {
        this.names = names;
        this.trained = trained;
        manager = Place.CPU.newManager();
        try {
            copies = copy.apply(manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** Returns the weights in the program's order, as views that are valid until the copy is closed. */
    public List<HostTensor> weights() {
        return views(copies.weights(), names, "");
    }

    /** Returns the optimizer's state, named as {@link OptimizerState} says, as views valid until the copy is closed. */
    public List<HostTensor> optimizer() {
        List<HostTensor> all = new ArrayList<>();
        copies.optimizer().forEach((prefix, list) -> all.addAll(views(list, trained, prefix)));
        return all;
    }

    private List<HostTensor> views(TensorList list, List<String> names, String prefix) {
        if (closed) {
            throw new IllegalStateException("the copy is closed");
        }
        Torch.prepareThread(false);
        List<HostTensor> tensors = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            tensors.add(list.view(i, prefix + names.get(i)));
        }
        return tensors;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            copies.weights().close();
            copies.optimizer().values().forEach(TensorList::close);
            manager.close();
        }
    }
}

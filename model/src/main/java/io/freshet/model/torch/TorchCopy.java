package io.freshet.model.torch;

import ai.djl.pytorch.engine.PtNDManager;
import io.freshet.model.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A learner's weights and optimizer state at one moment, in host memory of its own. One thread at a time. */
public final class TorchCopy implements AutoCloseable {

    private final List<String> names;
    private final List<String> trained;
    private final PtNDManager manager;
    private final List<TensorList> lists;
    private boolean closed;

    /**
     * @param names names of the copied weights
     * @param trained names of the trained ones
     * @param copies makes copies for a manager of the host: the weights, then moments and steps of the trained ones, and
     *     where the weights are an average, the plain trained ones
     */
    TorchCopy(List<String> names, List<String> trained, Function<PtNDManager, List<TensorList>> copies) {
        this.names = names;
        this.trained = trained;
        manager = Place.CPU.newManager();
        try {
            lists = copies.apply(manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** Returns the weights in the program's order, as views that are valid until the copy is closed. */
    public List<HostTensor> weights() {
        return views(0, names, "");
    }

    /** Returns the optimizer's state, named as {@link OptimizerState} says, as views valid until the copy is closed. */
    public List<HostTensor> optimizer() {
        List<HostTensor> all = new ArrayList<>(views(1, trained, OptimizerState.FIRST));
        all.addAll(views(2, trained, OptimizerState.SECOND));
        all.addAll(views(3, trained, OptimizerState.STEPS));
        if (lists.size() > 4) {
            all.addAll(views(4, trained, OptimizerState.PLAIN));
        }
        return all;
    }

    private List<HostTensor> views(int list, List<String> names, String prefix) {
        if (closed) {
            throw new IllegalStateException("the copy is closed");
        }
        Torch.prepareThread(false);
        List<HostTensor> tensors = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            tensors.add(lists.get(list).view(i, prefix + names.get(i)));
        }
        return tensors;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lists.forEach(TensorList::close);
            manager.close();
        }
    }
}

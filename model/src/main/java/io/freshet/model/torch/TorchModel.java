package io.freshet.model.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.freshet.model.tensor.HostTensor;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A program and its weights in native memory: answers with logits.
 *
 * <p>Safe for several threads. Closing waits for calls under way, then frees the native memory; later calls fail.
 */
public class TorchModel implements AutoCloseable {

    private final ReadWriteLock lock;
    private final Place place;
    private final PtNDManager manager;
    private final Program program;
    private final Transfer transfer;
    private final TensorList weights;
    private boolean closed;

    TorchModel(String methods, Iterable<HostTensor> tensors, Collection<Integer> trained, String device) {
        lock = new ReentrantReadWriteLock();
        Torch.start(0);
        place = Place.of(device);
        manager = place.newManager();
        try {
            Torch.prepareThread(false);
            program = Program.load(manager, methods);
            transfer = new Transfer(manager, place);
            weights = new TensorList(manager, trained);
            tensors.forEach(weights::add);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Loads a program that answers.
     *
     * @param methods see {@link io.freshet.model.arch.ModelProgram#methods()}
     * @param tensors the weights in the program's order; each is copied before the next is asked for
     * @param device where it computes, as {@link io.freshet.model.ModelOptions} has it
     * @throws io.freshet.model.ModelException if the device cannot be used
     */
    public static TorchModel load(String methods, Iterable<HostTensor> tensors, String device) {
        return new TorchModel(methods, tensors, List.of(), device);
    }

    /** Makes a model that borrows everything of another but the weights it answers with: see {@link #answering}. */
    TorchModel(TorchModel other) {
        lock = other.lock;
        place = other.place;
        manager = other.manager;
        program = other.program;
        transfer = other.transfer;
        weights = other.weights;
    }

    /** Returns the number that padded lengths are best a multiple of. */
    public final int lengthMultiple() {
        return place.lengthMultiple();
    }

    /**
     * Copies the weights to the host.
     *
     * @param names names of the weights in the program's order
     */
    public final List<HostTensor> hostWeights(List<String> names) {
        return whileOpen(() -> weights.places().stream()
                .map(place -> weights.toHost(place, names.get(place)))
                .toList());
    }

    /** Returns the weights to answer with; valid during the call. */
    IValue answering() {
        return weights.handle();
    }

    /**
     * Computes logits without dropout.
     *
     * @return one row a text: one column a label, or tokens times vocabulary columns of a language model
     */
    public float[][] logits(TokenBatch batch) {
        return call(
                batch,
                in -> program.run("logits", false, answering(), in.ids(), in.types(), in.present(), in.flag(false)),
                result -> rows(result, batch.rows()));
    }

    /**
     * Computes features without dropout, see {@link io.freshet.model.TextModel#features}.
     *
     * @return one row a text
     */
    public float[][] features(TokenBatch batch) {
        return call(
                batch,
                in -> program.run("features", false, answering(), in.ids(), in.types(), in.present()),
                result -> rows(result, batch.rows()));
    }

    /**
     * Computes what predicting tokens costs a language model, without dropout.
     *
     * @param labels see {@link LabelledBatch#tokens}
     * @return cross-entropy of each predicted token, nats, in the order of their places
     */
    public float[] nats(LabelledBatch labels) {
        return call(
                labels.texts(),
                in -> program.run(
                        "nats",
                        false,
                        answering(),
                        in.ids(),
                        in.types(),
                        in.present(),
                        in.labels(labels.labels(), labels.shape())),
                PtNDArray::toFloatArray);
    }

    /** Starts a text; the program is one of a causal language model. The caller closes the continuation. */
    public Continuation begin() {
        return new Continuation(this);
    }

    private <T> T call(TokenBatch batch, Function<NativeInputs, IValue> run, Function<PtNDArray, T> read) {
        return whileOpen(() -> {
            try (NativeInputs in = inputs(batch);
                    IValue result = run.apply(in)) {
                return read.apply(result.toTensor(in.manager()));
            }
        });
    }

    /** Makes the arguments of a call; the caller closes them. */
    final NativeInputs inputs(TokenBatch batch) {
        return new NativeInputs(manager, transfer, batch);
    }

    /** Makes native calls without gradients: closing waits for them. */
    final <T> T whileOpen(Supplier<T> calls) {
        lock.readLock().lock();
        try {
            requireOpen();
            Torch.prepareThread(false);
            return calls.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private static float[][] rows(PtNDArray array, int rows) {
        float[] flat = array.toFloatArray();
        int columns = flat.length / rows;
        float[][] logits = new float[rows][columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(flat, row * columns, logits[row], 0, columns);
        }
        return logits;
    }

    final PtNDManager manager() {
        return manager;
    }

    final Program program() {
        return program;
    }

    final TensorList weights() {
        return weights;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                weights.close();
                program.close();
                transfer.close();
                closeMore();
                manager.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Frees what a subclass owns; called once. */
    void closeMore() {}
}

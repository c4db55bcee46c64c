package io.freshet.model.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.freshet.model.tensor.HostTensor;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A program and its weights in native memory: answers with logits.
 *
 * <p>Safe for several threads. Closing waits for calls under way, then frees the native memory; later calls fail.
 */
public class TorchModel implements AutoCloseable {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final PtNDManager manager;
    private final Program program;
    private final TensorList weights;
    private boolean closed;

    TorchModel(String methods, Iterable<HostTensor> tensors, boolean learns) {
        Torch.start(0);
        manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
        try {
            Torch.prepareThread(false);
            program = Program.load(manager, methods);
            weights = new TensorList(manager, learns);
            tensors.forEach(weights::add);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Loads a program that answers.
     *
     * @param methods see {@link io.freshet.model.arch.ClassifierProgram#methods()}
     * @param tensors the weights in the program's order; each is copied before the next is asked for
     */
    public static TorchModel load(String methods, Iterable<HostTensor> tensors) {
        return new TorchModel(methods, tensors, false);
    }

    /**
     * Computes logits without dropout.
     *
     * @return one row a text, one column a label
     */
    public float[][] logits(TokenBatch batch) {
        lock.readLock().lock();
        try {
            requireOpen();
            Torch.prepareThread(false);
            try (NativeInputs in = new NativeInputs(manager, batch);
                    IValue result = program.run(
                            "logits", false, weights.handle(), in.ids(), in.types(), in.present(), in.flag(false))) {
                return rows(result.toTensor(in.manager()), batch.rows());
            }
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

    final void requireOpen() {
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

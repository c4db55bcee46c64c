package io.freshet.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.freshet.model.arch.GuidedScript;
import java.util.ArrayList;
import java.util.List;

/** The arguments of one call in native memory; closing frees all of them and whatever the call left in the manager. */
final class NativeInputs implements AutoCloseable {

    private final PtNDManager manager;
    private final Transfer transfer;
    private final NDManager host;
    private final List<IValue> values = new ArrayList<>();
    private final IValue ids;
    private final IValue types;
    private final IValue present;

    NativeInputs(PtNDManager parent, Transfer transfer, TokenBatch batch) {
        manager = (PtNDManager) parent.newSubManager();
        this.transfer = transfer;
        host = transfer.host(manager);
        Shape shape = new Shape(batch.rows(), batch.width());
        ids = place(host.create(batch.ids(), shape));
        types = place(host.create(batch.types(), shape));
        present = place(host.create(batch.present(), shape));
    }

    PtNDManager manager() {
        return manager;
    }

    IValue ids() {
        return ids;
    }

    IValue types() {
        return types;
    }

    IValue present() {
        return present;
    }

    IValue labels(long[] labels, long[] shape) {
        return place(host.create(labels, new Shape(shape)));
    }

    IValue weights(float[] weights) {
        return place(host.create(weights, new Shape(weights.length)));
    }

    /** @param guide see {@link GuidedScript}, of as many texts as {@code rows} */
    IValue planes(float[] guide, int rows) {
        long labels = guide.length / ((long) GuidedScript.PLANES * rows);
        return place(host.create(guide, new Shape(GuidedScript.PLANES, rows, labels)));
    }

    IValue flag(boolean value) {
        return keep(IValue.from(value));
    }

    IValue number(double value) {
        return keep(IValue.from(value));
    }

    /** Takes over a value: it is closed with the inputs. */
    IValue keep(IValue value) {
        values.add(value);
        return value;
    }

    private IValue place(NDArray array) {
        return keep(transfer.place((PtNDArray) array));
    }

    @Override
    public void close() {
        values.forEach(IValue::close);
        manager.close();
    }
}

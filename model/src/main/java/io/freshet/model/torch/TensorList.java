package io.freshet.model.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Float32 tensors in a fixed order, and the one list value through which programs see them. Owns both. */
final class TensorList implements AutoCloseable {

    private final PtNDManager manager;
    private final List<PtNDArray> arrays = new ArrayList<>();
    private final Set<Integer> trained;
    private @Nullable IValue handle;
    private @Nullable IValue trainedHandle;

    /**
     * @param parent manager that also ends the tensors' lives when it closes
     * @param trained indices of the tensors with respect to which gradients are wanted
     */
    TensorList(PtNDManager parent, Collection<Integer> trained) {
        this.manager = (PtNDManager) parent.newSubManager();
        this.trained = new TreeSet<>(trained);
    }

    TensorList(PtNDManager parent) {
        this(parent, List.of());
    }

    /** Copies a tensor in. */
    void add(HostTensor tensor) {
        arrays.add(toNative(tensor, arrays.size()));
    }

    /** Replaces a tensor by a copy of another one, of any shape. */
    void replace(int index, HostTensor tensor) {
        closeHandles();
        arrays.set(index, toNative(tensor, index)).close();
    }

    /** Returns the list as an argument; owned by this list and valid until the next change. */
    IValue handle() {
        if (handle == null) {
            handle = IValue.listFrom(arrays.toArray(PtNDArray[]::new));
        }
        return handle;
    }

    /** Returns the list of the trained tensors alone; owned as {@link #handle}'s value is. */
    IValue trainedHandle() {
        if (trainedHandle == null) {
            trainedHandle = IValue.listFrom(trained.stream().map(arrays::get).toArray(PtNDArray[]::new));
        }
        return trainedHandle;
    }

    /** Returns a list of the tensors at some places alone; the caller closes it. */
    IValue handle(List<Integer> places) {
        return IValue.listFrom(places.stream().map(arrays::get).toArray(PtNDArray[]::new));
    }

    int size() {
        return arrays.size();
    }

    TensorShape shape(int index) {
        return TensorShape.of(arrays.get(index).getShape().getShape());
    }

    /** Returns a tensor of the host without copying it: the view is valid until the tensor is replaced or closed. */
    HostTensor view(int index, String name) {
        TensorShape shape = shape(index);
        if (shape.size() == 0) {
            return HostTensor.zeros(name, shape);
        }
        return new HostTensor(name, shape, arrays.get(index).toByteBuffer(true).order(ByteOrder.nativeOrder()));
    }

    /** Copies all tensors to where {@code parent}'s lie; the copy belongs to it. Call on the thread that changes them. */
    TensorList duplicate(PtNDManager parent) {
        return duplicate(parent, places());
    }

    /** Returns the places of all tensors. */
    List<Integer> places() {
        return IntStream.range(0, arrays.size()).boxed().toList();
    }

    /** As {@link #duplicate(PtNDManager)}, of the tensors at {@code places} alone. */
    TensorList duplicate(PtNDManager parent, List<Integer> places) {
        TensorList copy = new TensorList(parent);
        for (int place : places) {
            copy.addCopy(arrays.get(place));
        }
        return copy;
    }

    /** Makes tensors shaped as those at {@code places}, every element of which is {@code value}. */
    TensorList filled(PtNDManager parent, List<Integer> places, float value) {
        TensorList made = new TensorList(parent);
        for (int place : places) {
            made.arrays.add((PtNDArray) made.manager.full(arrays.get(place).getShape(), value, DataType.FLOAT32));
        }
        return made;
    }

    /** Copies all tensors, but those at {@code places} from another list, which has these alone. */
    TensorList duplicate(PtNDManager parent, List<Integer> places, TensorList others) {
        TensorList copy = new TensorList(parent);
        for (int i = 0; i < arrays.size(); i++) {
            int at = places.indexOf(i);
            copy.addCopy(at < 0 ? arrays.get(i) : others.arrays.get(at));
        }
        return copy;
    }

    /** Returns a list value of the tensors, but those at {@code places} of another list; the caller closes it. */
    IValue mixed(List<Integer> places, TensorList others) {
        PtNDArray[] all = arrays.toArray(PtNDArray[]::new);
        for (int i = 0; i < places.size(); i++) {
            all[places.get(i)] = others.arrays.get(i);
        }
        return IValue.listFrom(all);
    }

    /** DJL leaves a manager behind for each tensor that changes its device: here they end with the one in passing. */
    static PtNDArray moved(PtNDArray array, PtNDManager target) {
        try (NDManager passing = array.getManager().newSubManager()) {
            PtNDArray twin = (PtNDArray) array.duplicate();
            twin.attach(passing);
            PtNDArray copy = twin.toDevice(target.getDevice(), true);
            copy.attach(target);
            return copy;
        }
    }

    private void addCopy(PtNDArray array) {
        if (array.getDevice().equals(manager.getDevice())) {
            PtNDArray copy = (PtNDArray) array.duplicate();
            copy.attach(manager);
            arrays.add(copy);
        } else {
            arrays.add(moved(array, manager));
        }
    }

    private PtNDArray toNative(HostTensor tensor, int index) {
        Shape shape = new Shape(tensor.shape().toArray());
        PtNDArray array;
        if (tensor.shape().size() == 0) {
            array = manager.create(shape, DataType.FLOAT32);
        } else {
            ByteBuffer data = tensor.data().duplicate();
            // on the host create() only wraps the buffer: the duplicate owns its memory
            try (PtNDArray wrapped = manager.create(data, shape, DataType.FLOAT32)) {
                array = (PtNDArray) wrapped.duplicate();
            }
        }
        array.setRequiresGradient(trained.contains(index));
        return array;
    }

    /** Copies a tensor out, from wherever it lies. */
    HostTensor toHost(int index, String name) {
        TensorShape shape = shape(index);
        if (shape.size() == 0) {
            return HostTensor.zeros(name, shape);
        }
        try (PtNDManager host = Place.CPU.newManager();
                TensorList copy = duplicate(host, List.of(index))) {
            return HostTensor.of(name, shape, copy.arrays.get(0).toFloatArray());
        }
    }

    private void closeHandles() {
        if (handle != null) {
            handle.close();
            handle = null;
        }
        if (trainedHandle != null) {
            trainedHandle.close();
            trainedHandle = null;
        }
    }

    @Override
    public void close() {
        closeHandles();
        manager.close();
    }
}

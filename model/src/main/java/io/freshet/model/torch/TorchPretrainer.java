package io.freshet.model.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A program that is pretrained, see {@link io.freshet.model.arch.PretrainingProgram}: its weights and AdamW's state in
 * native memory. Confined to one thread, but for the copies it makes.
 */
public final class TorchPretrainer implements AutoCloseable {

    private final PtNDManager manager;
    private final Program program;
    private final List<String> names;
    private final TensorList weights;
    private final AdamState adam;

    /**
     * What a step found.
     *
     * @param losses the total, then its parts if there are several, nats
     * @param norm global gradient norm before clipping
     */
    public record Step(List<Double> losses, double norm) {
        public Step {
            losses = List.copyOf(losses);
        }
    }

    /**
     * Loads a program.
     *
     * @param names the weights in the program's order
     * @param tensors the weights in that order; copied
     * @param optimizer state to start from; copied
     * @param device where it computes, as {@link io.freshet.model.ModelOptions} has it
     * @throws io.freshet.model.ModelException if the device cannot be used
     */
    public TorchPretrainer(
            String methods, List<String> names, Iterable<HostTensor> tensors, OptimizerState optimizer, String device) {
        Torch.start(0);
        this.names = List.copyOf(names);
        manager = Place.of(device).newManager();
        try {
            Torch.prepareThread(false);
            program = Program.load(manager, methods);
            weights = new TensorList(
                    manager, IntStream.range(0, names.size()).boxed().toList());
            tensors.forEach(weights::add);
            List<TensorShape> shapes =
                    weights.places().stream().map(weights::shape).toList();
            adam = new AdamState(manager, this.names, shapes, optimizer);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Takes one step; one whose gradient is not finite changes nothing, and its result says so.
     *
     * @param seed of dropout and of the generator's draws
     */
    public Step step(List<IdTensor> inputs, long seed, double clipNorm, double rate, double decay) {
        try (Inputs in = new Inputs(manager, inputs)) {
            IValue flag = in.keep(IValue.from(true));
            Torch.prepareThread(true);
            IValue[] parts;
            try {
                synchronized (Torch.RANDOM) {
                    JniUtils.setSeed(seed);
                    try (IValue result = program.run("pretraining", true, weights.handle(), in.list(), flag)) {
                        parts = result.toIValueTuple();
                    }
                }
            } finally {
                Torch.prepareThread(false);
            }
            Arrays.asList(parts).forEach(in::keep);
            double norm = parts[1].toDouble();
            List<Double> losses = numbers(parts[0], in);
            if (Double.isFinite(norm)) {
                program.run(
                                "step",
                                false,
                                weights.handle(),
                                parts[2],
                                adam.first(),
                                adam.second(),
                                adam.steps(),
                                in.keep(IValue.from(TorchLearner.clipping(norm, clipNorm))),
                                in.keep(IValue.from(rate)),
                                in.keep(IValue.from(decay)))
                        .close();
            }
            return new Step(losses, norm);
        }
    }

    /** Computes the losses of a batch without dropout. */
    public List<Double> losses(List<IdTensor> inputs, long seed) {
        Torch.prepareThread(false);
        try (Inputs in = new Inputs(manager, inputs)) {
            synchronized (Torch.RANDOM) {
                JniUtils.setSeed(seed);
                try (IValue result = program.run("losses", false, weights.handle(), in.list())) {
                    return numbers(result, in);
                }
            }
        }
    }

    private static List<Double> numbers(IValue tensor, Inputs in) {
        List<Double> numbers = new ArrayList<>();
        for (float number : tensor.toTensor(in.manager()).toFloatArray()) {
            numbers.add((double) number);
        }
        return numbers;
    }

    /** Copies weights and optimizer state within native memory; the caller closes the copy. */
    public TorchCopy copy() {
        Torch.prepareThread(false);
        return new TorchCopy(
                names, names, parent -> new TorchCopy.Copies(weights.duplicate(parent), adam.duplicate(parent)));
    }

    @Override
    public void close() {
        weights.close();
        adam.close();
        program.close();
        manager.close();
    }

    /** The inputs of a call in native memory. */
    private static final class Inputs implements AutoCloseable {
        private final PtNDManager manager;
        private final List<IValue> values = new ArrayList<>();
        private final PtNDArray[] arrays;

        Inputs(PtNDManager parent, List<IdTensor> tensors) {
            manager = (PtNDManager) parent.newSubManager();
            arrays = new PtNDArray[tensors.size()];
            for (int i = 0; i < arrays.length; i++) {
                IdTensor tensor = tensors.get(i);
                Shape shape = new Shape(tensor.shape());
                arrays[i] = (PtNDArray)
                        (tensor.isFlag() ? manager.create(tensor.flags(), shape) : manager.create(tensor.ids(), shape));
            }
        }

        PtNDManager manager() {
            return manager;
        }

        IValue list() {
            return keep(IValue.listFrom(arrays));
        }

        IValue keep(IValue value) {
            values.add(value);
            return value;
        }

        @Override
        public void close() {
            values.forEach(IValue::close);
            manager.close();
        }
    }
}

package io.freshet.model.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.freshet.model.StepProfile;
import io.freshet.model.StepResult;
import io.freshet.model.StepSettings;
import io.freshet.model.arch.ModelProgram;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A program that learns: its weights, AdamW's two moments and step count of each trained weight, and the average of the
 * trained weights if one is kept, in native memory.
 *
 * <p>Confined to one thread, but for the copies it makes.
 */
public final class TorchLearner extends TorchModel {

    private final List<String> names;
    private final List<Integer> trained;
    private final BackwardPass backward;
    private final AdamState adam;
    private final Average average;

    /**
     * Loads a program that learns.
     *
     * @param program its weights and which of them are trained
     * @param weights the weights in the program's order; each is copied before the next is asked for
     * @param optimizer state to start from; copied
     * @param device where it computes, as {@link io.freshet.model.ModelOptions} has it
     */
    public TorchLearner(ModelProgram program, Iterable<HostTensor> weights, OptimizerState optimizer, String device) {
        super(program.methods(), weights, program.trained(), device);
        names = program.weights().stream().map(WeightSpec::name).toList();
        trained = program.trained();
        backward = new BackwardPass(this);
        average = new Average(this, trained);
        if (optimizer.averaged()) {
            average.begin();
            for (int i : trained) {
                weights()
                        .replace(
                                i,
                                optimizer.tensor(
                                        OptimizerState.PLAIN + names.get(i),
                                        weights().shape(i)));
            }
        }
        List<TensorShape> shapes = trained.stream().map(i -> weights().shape(i)).toList();
        adam = new AdamState(manager(), trainedNames(), shapes, optimizer);
    }

    /**
     * Takes one step of AdamW (Loshchilov and Hutter, "Decoupled weight decay regularization", algorithm 2) after
     * clipping the global norm. A batch whose gradient is not finite changes nothing, and its result says so.
     *
     * @param parts the batch, or the micro-batches that make it up
     * @param dropout whether dropout is on; it is seeded from (seed, step) and the micro-batch's place
     */
    public StepResult step(List<LabelledBatch> parts, StepSettings settings, boolean dropout) {
        requireOpen();
        Torch.prepareThread(false);
        average.begin(settings);
        try (Gradients gradients = backward.gradients(parts, settings, weights().trainedHandle(), dropout)) {
            if (Double.isFinite(gradients.norm())) {
                update(gradients, settings);
                average.follow(settings);
            }
            long tokens =
                    parts.stream().mapToLong(part -> part.texts().tokens()).sum();
            return new StepResult(gradients.loss(), gradients.norm(), tokens);
        }
    }

    /**
     * Takes one step as {@link #step} does, with dropout, and times its parts. For that the forward pass is computed
     * twice, once by itself: the backward pass is what the two together take longer.
     *
     * @param begin when the making of {@code batch} began, by {@code clock}
     * @param clock nanoseconds that only grow
     */
    public StepProfile profile(LabelledBatch batch, StepSettings settings, long begin, LongSupplier clock) {
        requireOpen();
        try (NativeInputs in = inputs(batch.texts())) {
            long made = clock.getAsLong();
            backward.forward(batch, settings, in);
            long passed = clock.getAsLong();
            try (Gradients gradients =
                    backward.gradients(List.of(batch), settings, weights().trainedHandle(), true)) {
                long both = clock.getAsLong();
                update(gradients, settings);
                long back = Math.max(0, both - passed - (passed - made));
                return new StepProfile(made - begin, passed - made, back, clock.getAsLong() - both);
            }
        }
    }

    /** Computes the gradient of each trained weight without dropout, in the program's order; nothing changes. */
    public List<HostTensor> gradients(List<LabelledBatch> parts, StepSettings settings) {
        requireOpen();
        try (NDManager reading = manager().newSubManager();
                Gradients gradients =
                        backward.gradients(parts, settings, weights().trainedHandle(), false)) {
            return gradients.toHost((PtNDManager) reading, trainedNames());
        }
    }

    private void update(Gradients gradients, StepSettings settings) {
        Torch.prepareThread(false);
        try (IValue clip = IValue.from(clipping(gradients.norm(), settings.clipNorm()));
                IValue rate = IValue.from(settings.learningRate());
                IValue headRate = IValue.from(settings.headLearningRate());
                IValue decay = IValue.from(settings.weightDecay());
                IValue decayAll = IValue.from(settings.decayAll())) {
            program()
                    .run(
                            "update",
                            false,
                            weights().trainedHandle(),
                            gradients.list(),
                            adam.first(),
                            adam.second(),
                            adam.steps(),
                            clip,
                            rate,
                            headRate,
                            decay,
                            decayAll)
                    .close();
        }
    }

    /** The factor of torch.nn.utils.clip_grad_norm_. */
    static double clipping(double norm, double largest) {
        return Math.min(1, largest / (norm + 1e-6));
    }

    /** Appends a row to a weight; its moments there are zero, and its average is the row. */
    public void append(int index, float[] row) {
        requireOpen();
        Torch.prepareThread(false);
        String name = names.get(index);
        int at = trained.indexOf(index);
        weights().replace(index, Rows.append(weights().toHost(index, name), row));
        if (at >= 0) {
            adam.append(at, name, row.length);
        }
        average.append(at, name, row);
    }

    /** Returns a model that answers with the averaged weights, or with the plain ones while there is no average. */
    public TorchModel averaged() {
        return new AveragedModel(this);
    }

    /** Returns the weights that {@link #averaged} answers with. */
    IValue averaging() {
        return average.answering();
    }

    /**
     * Copies weights, averaged if an average is kept, and optimizer state into host memory; the caller closes the copy.
     *
     * @param trainedAlone whether only the trained weights are copied
     */
    public TorchCopy copy(boolean trainedAlone) {
        requireOpen();
        Torch.prepareThread(false);
        return new TorchCopy(
                trainedAlone ? trainedNames() : names, trainedNames(), manager -> copies(manager, trainedAlone));
    }

    private TorchCopy.Copies copies(PtNDManager manager, boolean trainedAlone) {
        TensorList means = average.means();
        Map<String, TensorList> optimizer = adam.duplicate(manager);
        if (means == null) {
            List<Integer> places = trainedAlone ? trained : weights().places();
            return new TorchCopy.Copies(weights().duplicate(manager, places), optimizer);
        }
        optimizer.put(OptimizerState.PLAIN, weights().duplicate(manager, trained));
        return new TorchCopy.Copies(
                trainedAlone ? means.duplicate(manager) : weights().duplicate(manager, trained, means), optimizer);
    }

    private List<String> trainedNames() {
        return trained.stream().map(names::get).toList();
    }

    @Override
    void closeMore() {
        average.close();
        adam.close();
    }
}

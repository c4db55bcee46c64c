package io.freshet.model.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.freshet.model.StepProfile;
import io.freshet.model.StepResult;
import io.freshet.model.StepSettings;
import io.freshet.model.arch.ModelProgram;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A program that learns: its weights, AdamW's two moments and step count of each trained weight, and the average of the
 * trained weights if one is kept, in native memory.
 *
 * <p>Confined to one thread, but for the copies it makes.
 */
public final class TorchLearner extends TorchModel {

    /** Divides the loss of a batch of weight 0, which then is 0 and not a quotient of zeros. */
    private static final double SMALLEST_TOTAL = 1e-12;

    private final List<String> names;
    private final List<Integer> trained;
    private final TensorList first;
    private final TensorList second;
    private final TensorList steps;
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
        first = new TensorList(manager());
        second = new TensorList(manager());
        steps = new TensorList(manager());
        average = new Average(this, trained);
        if (optimizer.averaged()) {
            average.begin();
        }
        for (int i : trained) {
            TensorShape shape = weights().shape(i);
            first.add(optimizer.tensor(OptimizerState.FIRST + names.get(i), shape));
            second.add(optimizer.tensor(OptimizerState.SECOND + names.get(i), shape));
            steps.add(optimizer.tensor(OptimizerState.STEPS + names.get(i), TensorShape.of()));
            if (optimizer.averaged()) {
                weights().replace(i, optimizer.tensor(OptimizerState.PLAIN + names.get(i), shape));
            }
        }
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
        try (Gradients gradients = gradients(parts, settings, dropout)) {
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
            IValue[] forward = arguments(in, batch, settings, total(List.of(batch)), true, false);
            compute("loss", forward, seed(settings, 0)).close();
            long passed = clock.getAsLong();
            try (Gradients gradients = gradients(List.of(batch), settings, true)) {
                long both = clock.getAsLong();
                update(gradients, settings);
                long backward = Math.max(0, both - passed - (passed - made));
                return new StepProfile(made - begin, passed - made, backward, clock.getAsLong() - both);
            }
        }
    }

    /** Computes the gradient of each trained weight without dropout, in the program's order; nothing changes. */
    public List<HostTensor> gradients(List<LabelledBatch> parts, StepSettings settings) {
        requireOpen();
        try (NDManager reading = manager().newSubManager();
                Gradients gradients = gradients(parts, settings, false)) {
            return gradients.toHost((PtNDManager) reading, trainedNames());
        }
    }

    private Gradients gradients(List<LabelledBatch> parts, StepSettings settings, boolean dropout) {
        double total = total(parts);
        Gradients sum = gradients(parts.get(0), settings, total, dropout, 0);
        try {
            for (int i = 1; i < parts.size(); i++) {
                try (Gradients next = gradients(parts.get(i), settings, total, dropout, i)) {
                    sum.add(next, program());
                }
            }
        } catch (RuntimeException e) {
            sum.close();
            throw e;
        }
        return sum;
    }

    private Gradients gradients(LabelledBatch part, StepSettings settings, double total, boolean dropout, int place) {
        try (NativeInputs in = inputs(part.texts())) {
            IValue[] arguments = arguments(in, part, settings, total, dropout, true);
            return new Gradients(compute("gradients", arguments, seed(settings, place)));
        }
    }

    private static double total(List<LabelledBatch> parts) {
        return Math.max(
                SMALLEST_TOTAL, parts.stream().mapToDouble(LabelledBatch::total).sum());
    }

    /** A batch that is not cut draws what its first part would. */
    private static long seed(StepSettings settings, int place) {
        long seed = Seeds.mix(settings.seed(), settings.step());
        return place == 0 ? seed : Seeds.mix(seed, place);
    }

    /** Runs a method that keeps what a backward pass needs. */
    private IValue compute(String method, IValue[] arguments, long seed) {
        Torch.prepareThread(true);
        try {
            synchronized (Torch.RANDOM) {
                JniUtils.setSeed(seed);
                return program().run(method, true, arguments);
            }
        } finally {
            Torch.prepareThread(false);
        }
    }

    /** What {@code loss} and, with the trained weights, {@code gradients} are computed from. */
    private IValue[] arguments(
            NativeInputs in,
            LabelledBatch batch,
            StepSettings settings,
            double total,
            boolean dropout,
            boolean withTrained) {
        List<IValue> arguments = new ArrayList<>();
        arguments.add(weights().handle());
        if (withTrained) {
            arguments.add(weights().trainedHandle());
        }
        arguments.addAll(List.of(in.ids(), in.types(), in.present()));
        arguments.add(in.labels(batch.labels(), batch.shape()));
        arguments.add(in.weights(batch.weights()));
        arguments.add(in.number(total));
        arguments.add(in.flag(dropout));
        arguments.add(in.number(settings.labelSmoothing()));
        return arguments.toArray(IValue[]::new);
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
                            first.handle(),
                            second.handle(),
                            steps.handle(),
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
            float[] zeros = new float[row.length];
            first.replace(at, Rows.append(first.toHost(at, name), zeros));
            second.replace(at, Rows.append(second.toHost(at, name), zeros));
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

    private List<TensorList> copies(PtNDManager manager, boolean trainedAlone) {
        TensorList means = average.means();
        List<TensorList> copies = new ArrayList<>();
        if (means == null) {
            copies.add(weights()
                    .duplicate(manager, trainedAlone ? trained : weights().places()));
        } else {
            copies.add(trainedAlone ? means.duplicate(manager) : weights().duplicate(manager, trained, means));
        }
        List.of(first, second, steps).forEach(list -> copies.add(list.duplicate(manager)));
        if (means != null) {
            copies.add(weights().duplicate(manager, trained));
        }
        return copies;
    }

    private List<String> trainedNames() {
        return trained.stream().map(names::get).toList();
    }

    @Override
    void closeMore() {
        average.close();
        first.close();
        second.close();
        steps.close();
    }
}

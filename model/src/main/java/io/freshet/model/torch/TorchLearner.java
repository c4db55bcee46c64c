package io.freshet.model.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.freshet.model.Restraint;
import io.freshet.model.StepProfile;
import io.freshet.model.StepResult;
import io.freshet.model.StepSettings;
import io.freshet.model.arch.ModelProgram;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A program that learns: its weights, AdamW's two moments and step count of each trained weight, the average of the
 * trained weights if one is kept, and the weights that are held, in native memory.
 *
 * <p>Confined to one thread, but for the copies it makes.
 */
public final class TorchLearner extends TorchModel {

    private final List<String> names;
    private final List<Integer> trained;
    private final BackwardPass backward;
    private final AdamState adam;
    private final Average average;
    private final Held held;
    private final List<Integer> head;

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
        held = new Held(this, trained);
        if (optimizer.holds()) {
            held.restore(optimizer, trainedNames());
        }
        head = adam.places().stream()
                .filter(at -> program.weights().get(trained.get(at)).head())
                .toList();
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
        try (StepWeights chosen = chosen(settings);
                Gradients gradients = gradients(parts, settings, chosen, dropout)) {
            if (Double.isFinite(gradients.norm())) {
                update(gradients, chosen, settings);
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
            try (StepWeights chosen = chosen(settings);
                    Gradients gradients = gradients(List.of(batch), settings, chosen, true)) {
                long both = clock.getAsLong();
                update(gradients, chosen, settings);
                long back = Math.max(0, both - passed - (passed - made));
                return new StepProfile(made - begin, passed - made, back, clock.getAsLong() - both);
            }
        }
    }

    /**
     * Computes the gradient of each trained weight without dropout, in the program's order, with the pull towards held
     * weights; nothing changes.
     */
    public List<HostTensor> gradients(List<LabelledBatch> parts, StepSettings settings) {
        requireOpen();
        try (NDManager reading = manager().newSubManager();
                StepWeights all = StepWeights.all(weights(), adam);
                Gradients gradients = gradients(parts, settings, all, false)) {
            return gradients.toHost((PtNDManager) reading, trainedNames());
        }
    }

    /** Holds the trained weights as they are, each with importance 1. */
    public void hold() {
        requireOpen();
        Torch.prepareThread(false);
        held.hold();
    }

    /** Holds the trained weights as they are, see {@link io.freshet.model.TrainableClassifier#consolidate}. */
    public void consolidate(List<LabelledBatch> singles, double keep) {
        requireOpen();
        Torch.prepareThread(false);
        held.consolidate(singles, keep, backward);
    }

    /**
     * Returns a model with the weights as they would be after a step of gradient descent; the caller closes it, before it
     * changes the learner. Empty if the gradient is not finite.
     */
    public Optional<TorchModel> moved(List<LabelledBatch> parts, StepSettings settings) {
        requireOpen();
        Torch.prepareThread(false);
        try (StepWeights chosen = chosen(settings);
                Gradients gradients = backward.gradients(parts, settings, chosen.weights(), false);
                IValue rate = IValue.from(settings.learningRate());
                IValue headRate = IValue.from(settings.headLearningRate());
                IValue rows = IValue.from((long) settings.restraint().frozenRows())) {
            if (!Double.isFinite(gradients.norm())) {
                return Optional.empty();
            }
            IValue moved = program().run("moved", false, weights().handle(), gradients.list(), rate, headRate, rows);
            return Optional.of(new MovedModel(this, moved));
        }
    }

    private StepWeights chosen(StepSettings settings) {
        return settings.restraint().frozenBody()
                ? StepWeights.some(weights(), adam, trained, head)
                : StepWeights.all(weights(), adam);
    }

    private Gradients gradients(List<LabelledBatch> parts, StepSettings settings, StepWeights chosen, boolean dropout) {
        Gradients gradients = backward.gradients(parts, settings, chosen.weights(), dropout);
        try {
            Restraint restraint = settings.restraint();
            boolean pulled = held.pull(gradients, chosen, restraint.pull());
            if (pulled || restraint.frozenRows() > 0) {
                gradients.measure(program(), restraint.frozenRows());
            }
            return gradients;
        } catch (RuntimeException e) {
            gradients.close();
            throw e;
        }
    }

    private void update(Gradients gradients, StepWeights chosen, StepSettings settings) {
        Torch.prepareThread(false);
        Restraint restraint = settings.restraint();
        List<IValue> made = List.of(
                IValue.from(clipping(gradients.norm(), settings.clipNorm())),
                IValue.from(settings.learningRate()),
                IValue.from(settings.headLearningRate()),
                IValue.from(settings.weightDecay()),
                IValue.from(settings.decayAll()),
                IValue.from(restraint.frozenBody()),
                IValue.from((long) restraint.frozenRows()));
        List<IValue> arguments = new ArrayList<>(
                List.of(chosen.weights(), gradients.list(), chosen.first(), chosen.second(), chosen.steps()));
        arguments.addAll(restraint.freezes() ? made : made.subList(0, 5));
        try {
            program()
                    .run(restraint.freezes() ? "partial" : "update", false, arguments.toArray(IValue[]::new))
                    .close();
        } finally {
            made.forEach(IValue::close);
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
        held.append(at, name, row);
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
        optimizer.putAll(held.duplicate(manager));
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
        held.close();
        adam.close();
    }
}

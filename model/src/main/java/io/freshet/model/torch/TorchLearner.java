package io.freshet.model.torch;

import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.freshet.model.StepResult;
import io.freshet.model.StepSettings;
import io.freshet.model.arch.ModelProgram;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import java.util.List;

/**
 * A program that learns: its weights, AdamW's two moments and step count of each weight, in native memory.
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

    /**
     * Loads a program that learns.
     *
     * @param program its weights and which of them are trained
     * @param weights the weights in the program's order; each is copied before the next is asked for
     * @param optimizer state to start from; copied
     */
    public TorchLearner(ModelProgram program, Iterable<HostTensor> weights, OptimizerState optimizer) {
        super(program.methods(), weights, program.trained());
        names = program.weights().stream().map(WeightSpec::name).toList();
        trained = program.trained();
        first = new TensorList(manager());
        second = new TensorList(manager());
        steps = new TensorList(manager());
        for (int i : trained) {
            TensorShape shape = weights().shape(i);
            first.add(optimizer.tensor(OptimizerState.FIRST + names.get(i), shape));
            second.add(optimizer.tensor(OptimizerState.SECOND + names.get(i), shape));
            steps.add(optimizer.tensor(OptimizerState.STEPS + names.get(i), TensorShape.of()));
        }
    }

    /**
     * Takes one step of AdamW (Loshchilov and Hutter, "Decoupled weight decay regularization", algorithm 2) after
     * clipping the global norm. A batch whose gradient is not finite changes nothing, and its result says so.
     *
     * @param dropout whether dropout is on; it is seeded from (seed, step)
     */
    public StepResult step(LabelledBatch batch, StepSettings settings, boolean dropout) {
        requireOpen();
        try (NativeInputs in = new NativeInputs(manager(), batch.texts());
                Gradients gradients = gradients(in, batch, settings, dropout)) {
            if (Double.isFinite(gradients.norm())) {
                update(in, gradients, settings);
            }
            return new StepResult(
                    gradients.loss(), gradients.norm(), batch.texts().tokens());
        }
    }

    /** Computes the gradient of each trained weight without dropout, in the program's order; nothing changes. */
    public List<HostTensor> gradients(LabelledBatch batch, StepSettings settings) {
        requireOpen();
        try (NativeInputs in = new NativeInputs(manager(), batch.texts());
                Gradients gradients = gradients(in, batch, settings, false)) {
            return gradients.toHost(in, trainedNames());
        }
    }

    private Gradients gradients(NativeInputs in, LabelledBatch batch, StepSettings settings, boolean dropout) {
        IValue labels = in.labels(batch.labels(), batch.shape());
        IValue exampleWeights = in.weights(batch.weights());
        IValue total = in.number(Math.max(SMALLEST_TOTAL, batch.total()));
        IValue flag = in.flag(dropout);
        IValue smoothing = in.number(0);
        Torch.prepareThread(true);
        try {
            synchronized (Torch.RANDOM) {
                JniUtils.setSeed(Seeds.mix(settings.seed(), settings.step()));
                return new Gradients(program()
                        .run(
                                "gradients",
                                true,
                                weights().handle(),
                                weights().trainedHandle(),
                                in.ids(),
                                in.types(),
                                in.present(),
                                labels,
                                exampleWeights,
                                total,
                                flag,
                                smoothing));
            }
        } finally {
            Torch.prepareThread(false);
        }
    }

    private void update(NativeInputs in, Gradients gradients, StepSettings settings) {
        Torch.prepareThread(false);
        program()
                .run(
                        "update",
                        false,
                        weights().trainedHandle(),
                        gradients.list(),
                        first.handle(),
                        second.handle(),
                        steps.handle(),
                        in.number(clipping(gradients.norm(), settings.clipNorm())),
                        in.number(settings.learningRate()),
                        in.number(settings.headLearningRate()),
                        in.number(settings.weightDecay()),
                        in.flag(settings.decayAll()))
                .close();
    }

    /** The factor of torch.nn.utils.clip_grad_norm_. */
    static double clipping(double norm, double largest) {
        return Math.min(1, largest / (norm + 1e-6));
    }

    /** Appends a row to a weight; its moments there are zero. */
    public void append(int index, float[] row) {
        requireOpen();
        Torch.prepareThread(false);
        weights().replace(index, Rows.append(weights().view(index, names.get(index)), row));
        int at = trained.indexOf(index);
        if (at >= 0) {
            float[] zeros = new float[row.length];
            first.replace(at, Rows.append(first.view(at, names.get(index)), zeros));
            second.replace(at, Rows.append(second.view(at, names.get(index)), zeros));
        }
    }

    /**
     * Copies weights and optimizer state within native memory; the caller closes the copy.
     *
     * @param trainedAlone whether only the trained weights are copied
     */
    public TorchCopy copy(boolean trainedAlone) {
        requireOpen();
        Torch.prepareThread(false);
        return new TorchCopy(
                trainedAlone ? trainedNames() : names,
                trainedNames(),
                manager -> List.of(
                        trainedAlone
                                ? weights().duplicate(manager, trained)
                                : weights().duplicate(manager),
                        first.duplicate(manager),
                        second.duplicate(manager),
                        steps.duplicate(manager)));
    }

    private List<String> trainedNames() {
        return trained.stream().map(names::get).toList();
    }

    @Override
    void closeMore() {
        first.close();
        second.close();
        steps.close();
    }
}

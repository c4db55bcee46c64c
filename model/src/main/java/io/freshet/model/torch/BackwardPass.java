package io.freshet.model.torch;

import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.freshet.model.StepSettings;
import java.util.ArrayList;
import java.util.List;

/** Computes losses of a model and their gradients. One thread at a time. */
final class BackwardPass {

    /** Least that a loss is divided by, so that weights near 0 do not make it a quotient of nothing. */
    private static final double SMALLEST_TOTAL = 1e-12;

    private final TorchModel model;

    BackwardPass(TorchModel model) {
        this.model = model;
    }

    /**
     * Computes the gradients of a batch; the caller closes them.
     *
     * @param parts the batch, or the micro-batches that make it up
     * @param trained list of the weights with respect to which they are wanted
     * @param dropout whether dropout is on; it is seeded from (seed, step) and the micro-batch's place
     */
    Gradients gradients(List<LabelledBatch> parts, StepSettings settings, IValue trained, boolean dropout) {
        double total = total(parts);
        Gradients sum = gradients(parts.get(0), settings, trained, total, dropout, 0);
        try {
            for (int i = 1; i < parts.size(); i++) {
                try (Gradients next = gradients(parts.get(i), settings, trained, total, dropout, i)) {
                    sum.add(next, model.program());
                }
            }
        } catch (RuntimeException e) {
            sum.close();
            throw e;
        }
        return sum;
    }

    private Gradients gradients(
            LabelledBatch part, StepSettings settings, IValue trained, double total, boolean dropout, int place) {
        String method = part.guide() == null ? "gradients" : "guidedGradients";
        try (NativeInputs in = model.inputs(part.texts())) {
            List<IValue> arguments = new ArrayList<>(List.of(model.weights().handle(), trained));
            arguments.addAll(arguments(in, part, settings, total, dropout));
            return new Gradients(compute(method, arguments, seed(settings, place)));
        }
    }

    /** Computes the loss of a batch as a step with dropout does, without the gradients that it keeps the values for. */
    void forward(LabelledBatch batch, StepSettings settings, NativeInputs in) {
        List<IValue> arguments = new ArrayList<>(List.of(model.weights().handle()));
        arguments.addAll(arguments(in, batch, settings, total(List.of(batch)), true));
        compute(batch.guide() == null ? "loss" : "guidedLoss", arguments, seed(settings, 0))
                .close();
    }

    /** What a loss is divided by: the weights, or where they are 0, as many examples as there are guides to learn from. */
    private static double total(List<LabelledBatch> parts) {
        double weights = parts.stream().mapToDouble(LabelledBatch::total).sum();
        int texts = parts.stream().mapToInt(part -> part.texts().rows()).sum();
        return weights == 0 ? texts : Math.max(SMALLEST_TOTAL, weights);
    }

    /** A batch that is not cut draws what its first part would. */
    private static long seed(StepSettings settings, int place) {
        long seed = Seeds.mix(settings.seed(), settings.step());
        return place == 0 ? seed : Seeds.mix(seed, place);
    }

    /** Runs a method that keeps what a backward pass needs. */
    private IValue compute(String method, List<IValue> arguments, long seed) {
        Torch.prepareThread(true);
        try {
            synchronized (Torch.RANDOM) {
                JniUtils.setSeed(seed);
                return model.program().run(method, true, arguments.toArray(IValue[]::new));
            }
        } finally {
            Torch.prepareThread(false);
        }
    }

    /** What a loss is computed from beside the weights. */
    private static List<IValue> arguments(
            NativeInputs in, LabelledBatch batch, StepSettings settings, double total, boolean dropout) {
        List<IValue> arguments = new ArrayList<>(List.of(
                in.ids(),
                in.types(),
                in.present(),
                in.labels(batch.labels(), batch.shape()),
                in.weights(batch.weights()),
                in.number(total),
                in.flag(dropout),
                in.number(settings.labelSmoothing())));
        float[] guide = batch.guide();
        if (guide != null) {
            arguments.add(in.planes(guide, batch.texts().rows()));
        }
        return arguments;
    }
}

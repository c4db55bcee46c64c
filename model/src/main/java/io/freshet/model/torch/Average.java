package io.freshet.model.torch;

import ai.djl.pytorch.jni.IValue;
import io.freshet.model.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exponential moving average of the trained weights (Polyak and Juditsky, 1992, with exponential weights), in native
 * memory. It begins as the weights before the first step that asks for it. Its decay is cut to (1 + step) / (10 + step)
 * at first, as TensorFlow's ExponentialMovingAverage does, so that what was there before training is forgotten soon.
 */
final class Average implements AutoCloseable {

    private final TorchModel model;
    private final List<Integer> trained;
    private @Nullable TensorList means;
    private @Nullable IValue answering;

    /** @param trained places of the trained ones among the model's weights */
    Average(TorchModel model, List<Integer> trained) {
        this.model = model;
        this.trained = trained;
    }

    /** Begins with the weights as they are, if a step with these settings is to be averaged. */
    void begin(StepSettings settings) {
        if (settings.averageDecay() == 0) {
            close();
        } else if (means == null) {
            begin();
        }
    }

    /** Begins with the weights as they are. */
    void begin() {
        close();
        means = model.weights().duplicate(model.manager(), trained);
    }

    /** Takes the weights after a step in. */
    void follow(StepSettings settings) {
        if (means != null) {
            double decay = Math.min(settings.averageDecay(), (1.0 + settings.step()) / (10.0 + settings.step()));
            try (IValue share = IValue.from(1 - decay)) {
                model.program()
                        .run("average", false, means.handle(), model.weights().trainedHandle(), share)
                        .close();
            }
        }
    }

    /** Appends a row to the weight at a place among the trained ones. */
    void append(int at, String name, float[] row) {
        forgetList();
        if (means != null) {
            means.replace(at, Rows.append(means.toHost(at, name), row));
        }
    }

    /** Returns the averages of the trained weights; null if there are none. */
    @Nullable
    TensorList means() {
        return means;
    }

    /** Returns all weights, averaged where they are; owned by the average and valid until the next change. */
    IValue answering() {
        if (means == null) {
            return model.weights().handle();
        }
        if (answering == null) {
            answering = model.weights().mixed(trained, means);
        }
        return answering;
    }

    private void forgetList() {
        if (answering != null) {
            answering.close();
            answering = null;
        }
    }

    @Override
    public void close() {
        forgetList();
        if (means != null) {
            means.close();
            means = null;
        }
    }
}

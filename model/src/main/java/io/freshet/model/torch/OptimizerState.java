package io.freshet.model.torch;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;

/** Where a learner finds AdamW's state of each weight; tensors are named as PyTorch names them, a prefix and the weight. */
@FunctionalInterface
public interface OptimizerState {

    /** Prefix of the running mean of the gradient, shaped as the weight. */
    String FIRST = "exp_avg.";

    /** Prefix of the running mean of the gradient's square, shaped as the weight. */
    String SECOND = "exp_avg_sq.";

    /** Prefix of the number of updates, a scalar. */
    String STEPS = "step.";

    /** Prefix of the weight itself, where the model's files hold an average. */
    String PLAIN = "weight.";

    /** Prefix of the weight that is held, shaped as the weight. */
    String HELD = "held.";

    /** Prefix of the importance that a held weight has, shaped as the weight. */
    String IMPORTANCE = "importance.";

    /** The state before the first step. */
    OptimizerState FRESH = HostTensor::zeros;

    /** Returns a tensor of the state. */
    HostTensor tensor(String name, TensorShape shape);

    /** Whether the weights that go with the state are an average, and the plain ones are here. */
    default boolean averaged() {
        return false;
    }

    /** Whether weights are held, and are here with their importances. */
    default boolean holds() {
        return false;
    }
}

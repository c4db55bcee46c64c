package io.freshet.trainer.learn;

import io.freshet.model.Answer;
import java.util.List;

/**
 * The model as a strategy sees it beside its steps: nothing here changes a weight. Of a classifier only; a language model
 * has no labels, and refuses everything else. Confined to the training thread, and to the call it was handed to.
 */
public interface ModelView {

    /** Returns the labels in the order of the head; empty where there are none yet. */
    List<String> labels();

    /**
     * Returns what the transformer's softmax says, one answer an example: computed with the average of the weights where
     * there is one, without dropout.
     */
    List<Answer> answers(List<Learnable> examples);

    /**
     * Returns the logits of the weights that learn, not of their average, without dropout.
     *
     * @return one row an example, one column a label
     */
    List<float[]> logits(List<Learnable> examples);
}

package io.freshet.client;

import io.freshet.model.Answer;
import io.freshet.model.Classifier;
import io.freshet.model.EncodedText;
import io.freshet.model.ModelException;
import io.freshet.model.TextInput;
import java.util.Collections;
import java.util.List;

/**
 * The first classifications of a model, made before requests see it: the engine prepares and allocates at the first
 * call of a shape, and weights that are no numbers show here.
 */
final class WarmUp {

    /** Words in a text; a word is about one token. */
    private static final List<Integer> WORDS = List.of(4, 16, 64);

    private static final List<Integer> BATCHES = List.of(1, 8);

    private WarmUp() {}

    /**
     * @throws ModelException if the model answers with something that is not a probability
     */
    static void run(Classifier classifier) {
        for (int words : WORDS) {
            EncodedText text = classifier.encode(TextInput.of("word ".repeat(words)));
            for (int batch : BATCHES) {
                classifier.classify(Collections.nCopies(batch, text)).forEach(WarmUp::check);
            }
        }
    }

    private static void check(Answer answer) {
        for (float probability : answer.probabilities()) {
            if (!(probability >= 0 && probability <= 1.0001)) { // also NaN; a softmax may round above 1
                throw new ModelException(
                        "the model answers with a probability of %s; its weights hold values that are not finite numbers, train and promote another checkpoint"
                                .formatted(probability));
            }
        }
    }
}

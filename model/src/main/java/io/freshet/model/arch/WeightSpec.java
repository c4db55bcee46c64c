package io.freshet.model.arch;

import io.freshet.model.tensor.TensorShape;

/**
 * A weight that a program needs.
 *
 * @param name name in the file, with the prefix of the architecture
 * @param shape extents; the head's weights have no rows here: they have one a label
 * @param initial its value where nothing was learned
 * @param zeroRow row that starts as zero and learns nothing (an embedding's padding), or -1
 * @param decays whether weight decay applies: biases and normalisation weights have none
 * @param head whether it belongs to the classification head, which learns at its own rate
 * @param rowPerLabel whether its first extent is the number of labels
 */
public record WeightSpec(
        String name,
        TensorShape shape,
        Initial initial,
        int zeroRow,
        boolean decays,
        boolean head,
        boolean rowPerLabel) {

    WeightSpec asHead() {
        return new WeightSpec(name, shape, initial, zeroRow, decays, true, rowPerLabel);
    }
}

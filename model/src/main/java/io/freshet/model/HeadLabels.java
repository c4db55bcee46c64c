package io.freshet.model;

import java.util.List;

/** Which labels a configuration means when the weights have no head. */
final class HeadLabels {

    private HeadLabels() {}

    /**
     * Returns the labels of a head that is made anew.
     *
     * <p>transformers fills {@code id2label} with LABEL_0, LABEL_1 where nobody named any; without a head such
     * placeholders mean that there are no labels yet.
     */
    static List<String> withoutHead(List<String> labels) {
        for (int row = 0; row < labels.size(); row++) {
            if (!labels.get(row).equals("LABEL_" + row)) {
                return labels;
            }
        }
        return List.of();
    }
}

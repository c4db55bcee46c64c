package io.freshet.evaluator.gate;

import java.util.List;

/** The words for what models are trained for, as trials have them. */
final class Objectives {

    static final String CLASSIFICATION = "classification";

    private static final List<String> ALL = List.of(CLASSIFICATION, "masked-lm", "causal-lm");

    private Objectives() {}

    static String checked(String objective) {
        if (!ALL.contains(objective)) {
            throw new IllegalArgumentException("objective '%s' is none of %s".formatted(objective, ALL));
        }
        return objective;
    }

    /** Whether models of that objective answer with labels; all others predict tokens. */
    static boolean classifies(String objective) {
        return checked(objective).equals(CLASSIFICATION);
    }
}

package io.freshet.bench.step;

/**
 * One contestant's round.
 *
 * @param seconds what it took
 * @param steps how many optimizer steps that were
 * @param examples how many they learned from
 * @param tokens real ones, without padding
 */
record Lap(StepSeconds seconds, int steps, long examples, long tokens) {

    double examplesPerSecond() {
        return examples / seconds.total();
    }

    double tokensPerSecond() {
        return tokens / seconds.total();
    }

    double stepsPerSecond() {
        return steps / seconds.total();
    }
}

package io.freshet.client;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one thread's requests met.
 *
 * @param count requests made, each of two texts
 * @param last sequence of the last answer
 */
record Requests(long count, long last) {

    private static final List<String> TEXTS = List.of("hello world", "book a table to rome");

    /** Classifies in a loop until told to stop and once more, checking every answer. */
    static Requests until(AtomicBoolean done, TextClassifier classifier) {
        long count = 0;
        long last = 0;
        boolean lastRound;
        do {
            lastRound = done.get();
            last = check(classifier.classify(TEXTS), last);
            count++;
        } while (!lastRound);
        return new Requests(count, last);
    }

    /** The models' labels carry their number, so an answer made by a model other than the one it names shows. */
    private static long check(List<Classification> answers, long last) {
        long sequence = answers.get(0).sequence();
        if (sequence < last) {
            throw new AssertionError("went back from %d to %d".formatted(last, sequence));
        }
        for (Classification answer : answers) {
            String label = answer.label().orElseThrow();
            if (answer.sequence() != sequence || !label.endsWith("-" + sequence)) {
                throw new AssertionError("one request of model %d answered %s".formatted(sequence, answer));
            }
        }
        return sequence;
    }
}

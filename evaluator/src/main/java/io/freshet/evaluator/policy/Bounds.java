package io.freshet.evaluator.policy;

import java.util.function.DoublePredicate;

/**
 * What a number in a policy file may be.
 *
 * @param rule the same in words, after "must be"
 * @param allows false for NaN
 */
record Bounds(String rule, DoublePredicate allows) {

    static final Bounds PROBABILITY = new Bounds("above 0 and below 1", x -> x > 0 && x < 1);
    static final Bounds SHARE = new Bounds("at least 0 and below 1", x -> x >= 0 && x < 1);
    static final Bounds RECALL = new Bounds("above 0 and at most 1", x -> x > 0 && x <= 1);
    static final Bounds NOT_NEGATIVE =
            new Bounds("a finite number of at least 0", x -> x >= 0 && x <= Double.MAX_VALUE);
    static final Bounds POSITIVE = new Bounds("a finite number above 0", x -> x > 0 && x <= Double.MAX_VALUE);

    static Bounds betweenZeroAnd(double most) {
        return new Bounds("above 0 and below " + most, x -> x > 0 && x < most);
    }

    static Bounds whole(long least, long most) {
        return new Bounds("a whole number from %d to %d".formatted(least, most), x -> x >= least && x <= most);
    }
}

package io.freshet.evaluator.gate;

/** By what a watch over a promotion ends. */
enum WatchEnd {
    /** The new champion is worse than the one before. */
    ALARM,
    /** It was not found to be, for as many pairs as the policy says. */
    OVER,
    /** The champion before cannot be scored. */
    FAILED
}

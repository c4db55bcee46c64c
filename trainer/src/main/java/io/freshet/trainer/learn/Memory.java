package io.freshet.trainer.learn;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which of the examples learned from are kept, within limits of number and bytes. Draws from a generator whose state is in
 * {@link #file}: a memory read from there goes on as if nothing had happened.
 */
interface Memory {

    /**
     * Offers an example that was learned from. One whose id is kept takes the place of the kept one.
     *
     * @param logits the model's, to be kept with it; empty for none
     */
    void offer(Learnable example, float[] logits);

    /** Draws {@code count} different ones, or all there are, each set of them as likely as any other. */
    List<Kept> draw(int count);

    /** Drops the example of that id, if it is kept. */
    void forget(String id);

    /** Drops old ones, see {@link LearningStrategy#forgetBefore}. */
    void forgetBefore(long before, double keepShare, Predicate<Learnable> which);

    int size();

    /** Returns the bytes held, as {@link Kept#bytes} counts them. */
    long bytes();

    /** Returns everything that it goes on from. */
    ReplayFile file();
}

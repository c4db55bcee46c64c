package io.freshet.model.pretrain;

import io.freshet.model.torch.Seeds;
import java.util.stream.IntStream;

/**
 * Visits items in an order that is new in every epoch and that the seed fixes. What stands at a place depends on the place
 * alone, so that a run goes on where it stopped without a trace of what it drew.
 */
final class Order {

    private final int items;
    private final long seed;
    private long epoch = -1;
    private int[] order = new int[0];

    /** @param items how many there are, at least 1 */
    Order(int items, long seed) {
        if (items < 1) {
            throw new IllegalArgumentException("an order needs at least one item");
        }
        this.items = items;
        this.seed = seed;
    }

    /** Returns the item at a place, counted from 0 over all epochs. */
    int at(long place) {
        if (place / items != epoch) {
            epoch = place / items;
            order = IntStream.range(0, items).toArray();
            new Numbers(Seeds.mix(seed, epoch)).shuffle(order);
        }
        return order[(int) (place % items)];
    }
}

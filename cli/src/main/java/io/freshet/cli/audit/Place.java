package io.freshet.cli.audit;

import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
import java.util.Comparator;

/** Where an example stands in its topic. */
record Place(int partition, long offset) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::partition).thenComparingLong(Place::offset);

    static Place of(Pair pair) {
        return new Place(pair.getPartition(), pair.getOffset());
    }

    static Place of(ExampleScore score) {
        return new Place(score.getPartition(), score.getOffset());
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}

package io.freshet.bench.step;

import io.freshet.bench.batch.Batches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A contestant on batches divided in one way, and its laps so far. */
final class Track {

    private final Contestant contestant;
    private final Examples examples;
    private final Batches batches;
    private final int perRound;
    private final List<Lap> laps = new ArrayList<>();

    /** @param perRound batches of a round */
    Track(Contestant contestant, Examples examples, Batches batches, int perRound) {
        this.contestant = contestant;
        this.examples = examples;
        this.batches = batches;
        this.perRound = perRound;
    }

    Contestant contestant() {
        return contestant;
    }

    Batches batches() {
        return batches;
    }

    List<Lap> laps() {
        return List.copyOf(laps);
    }

    /** Takes a few steps that count for nothing. */
    void warmUp() throws IOException {
        contestant.run(examples.of(batches.some(Math.min(4, perRound), 0)));
    }

    Lap run(int round) throws IOException {
        Batches some = batches.some(perRound, round);
        Lap lap = new Lap(contestant.run(examples.of(some)), some.batches().size(), some.examples(), some.realTokens());
        laps.add(lap);
        return lap;
    }
}

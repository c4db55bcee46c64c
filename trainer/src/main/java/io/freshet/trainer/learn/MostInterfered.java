package io.freshet.trainer.learn;

import io.freshet.trainer.learn.LearningStrategy.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Maximally interfered retrieval (Aljundi et al., "Online continual learning with maximal interfered retrieval", NeurIPS
 * 2019, algorithm 1): of candidates drawn evenly, those whose loss a plain gradient step on the new examples alone would
 * raise most. Of equal ones, those drawn first.
 */
final class MostInterfered implements Retrieval {

    private final int candidates;

    /** @param candidates how many are drawn for each that is replayed, at least 2 */
    MostInterfered(int candidates) {
        this.candidates = candidates;
    }

    @Override
    public List<Kept> choose(Memory memory, int count, List<Learnable> fresh, Step step) {
        List<Kept> drawn = memory.draw(Math.multiplyExact(count, candidates));
        if (drawn.size() <= count) {
            return drawn;
        }
        List<Double> raised =
                step.interference(fresh, drawn.stream().map(Kept::example).toList());
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, drawn.size()).boxed().toList());
        places.sort(Comparator.comparing(raised::get, Comparator.reverseOrder()));
        return places.subList(0, count).stream().map(drawn::get).toList();
    }
}

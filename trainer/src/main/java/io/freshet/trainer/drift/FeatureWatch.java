package io.freshet.trainer.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.trainer.learn.Hex;
import io.freshet.trainer.learn.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Watches what texts are like, whatever is said of them: the first texts are kept as the reference, and each window of
 * those that follow is compared with them by {@link TwoSampleTest}. Texts are kept and not their features, which are
 * computed anew for each comparison, both samples' by one and the same model: features kept from when the model was
 * another would differ because the model learned. After a change the newest window is the reference.
 */
final class FeatureWatch {

    private final Windows windows;
    private final SplitMix generator;
    private final List<WatchedText> reference;
    private final List<WatchedText> recent;
    private long from;

    /**
     * What a checkpoint keeps.
     *
     * @param from number of the first recent text
     * @param generator of the comparisons, 16 hexadecimal digits
     */
    record State(
            @JsonProperty("reference") List<WatchedText> reference,
            @JsonProperty("recent") List<WatchedText> recent,
            @JsonProperty("from") long from,
            @JsonProperty("generator") String generator) {

        State {
            reference = List.copyOf(reference);
            recent = List.copyOf(recent);
        }

        static State empty(long seed) {
            return new State(List.of(), List.of(), 0, Hex.of(seed));
        }
    }

    FeatureWatch(Windows windows, State state) {
        this.windows = windows;
        this.generator = new SplitMix(Hex.parse(state.generator));
        this.reference = new ArrayList<>(state.reference);
        this.recent = new ArrayList<>(state.recent);
        this.from = state.from;
    }

    /**
     * Takes the next text.
     *
     * @param at its number
     * @param features computes the features of texts, in their order
     * @return a change, where this text filled a window that differs from the reference; its levels are the smallest
     *     significant discrepancy and the one found
     */
    Optional<Change> observe(long at, WatchedText text, Function<List<WatchedText>, List<float[]>> features) {
        if (reference.size() < windows.size()) {
            reference.add(text);
            return Optional.empty();
        }
        if (recent.isEmpty()) {
            from = at;
        }
        recent.add(text);
        if (recent.size() < windows.size()) {
            return Optional.empty();
        }
        TwoSampleTest.Result result = new TwoSampleTest(windows.alpha(), generator)
                .compare(features.apply(List.copyOf(reference)), features.apply(List.copyOf(recent)));
        if (result.significant()) {
            reference.clear();
            reference.addAll(recent);
        }
        recent.clear();
        return result.significant()
                ? Optional.of(new Change(from, result.threshold(), result.discrepancy()))
                : Optional.empty();
    }

    State state() {
        return new State(reference, recent, from, Hex.of(generator.state()));
    }
}

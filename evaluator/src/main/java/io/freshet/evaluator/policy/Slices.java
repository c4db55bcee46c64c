package io.freshet.evaluator.policy;

import java.util.Comparator;
import java.util.List;

/**
 * The slices that no candidate may worsen.
 *
 * @param most slices that are told apart, in the order in which a trial meets them; those beyond it are unprotected, and reported
 *     as such, at least 1
 * @param rules what is sliced, sorted by {@link SliceRule#prefix}
 */
public record Slices(int most, List<SliceRule> rules) {

    public static final int MOST = 200;
    public static final Slices NONE = new Slices(MOST, List.of());

    public Slices {
        if (most < 1) {
            throw new IllegalArgumentException("most %d is below 1".formatted(most));
        }
        rules = rules.stream().sorted(Comparator.comparing(SliceRule::prefix)).toList();
    }
}

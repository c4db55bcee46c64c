package io.freshet.evaluator.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether no slice is worse by its margin: an intersection-union test, where every slice has to pass at the full level and none
 * pays for the number of slices.
 *
 * @param passing slices shown not to be worse by the margin, sorted
 * @param open slices with enough pairs for which that is not shown (yet), sorted; any of them blocks
 * @param unprotected slices with too few pairs to tell, sorted; they don't block, and are to be reported
 */
public record SliceVerdict(List<String> passing, List<String> open, List<String> unprotected) {

    public SliceVerdict {
        passing = List.copyOf(passing);
        open = List.copyOf(open);
        unprotected = List.copyOf(unprotected);
    }

    /**
     * Sorts slices into those that pass, block or can't be judged.
     *
     * @param slices the non-inferiority test of each slice
     * @param minimum pairs that a slice needs to be judged, at least 0
     * @param alpha level, in (0, 1)
     */
    public static SliceVerdict of(Map<String, MarginTest> slices, long minimum, double alpha) {
        List<String> passing = new ArrayList<>();
        List<String> open = new ArrayList<>();
        List<String> unprotected = new ArrayList<>();
        new TreeMap<>(slices).forEach((name, test) -> {
            if (test.count() < minimum) {
                unprotected.add(name);
            } else {
                (test.refutes(alpha) ? passing : open).add(name);
            }
        });
        return new SliceVerdict(passing, open, unprotected);
    }

    /** Whether no slice blocks. */
    public boolean passes() {
        return open.isEmpty();
    }
}

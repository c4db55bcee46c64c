package io.freshet.evaluator.policy;

/**
 * Slices that are protected: one for every value of what they are cut by.
 *
 * @param by what the slices are cut by
 * @param attribute name of the attribute; empty with any other cut
 * @param minPairs pairs below which a slice can't be judged and doesn't block, at least 1
 * @param margin a slice must be shown to be worse by less than this, in units of the primary metric, above 0
 */
public record SliceRule(By by, String attribute, long minPairs, double margin) {

    /** Below it a slice's test has little to say, see the simulation in docs/promotion.md. */
    public static final long MIN_PAIRS = 2_000;

    /** What slices are cut by. */
    public enum By {
        TASK("task"),
        LABEL("label"),
        ATTRIBUTE("attribute");

        private final String code;

        By(String code) {
            this.code = code;
        }

        /** Returns the name in policy files. */
        public String code() {
            return code;
        }
    }

    public SliceRule {
        if ((by == By.ATTRIBUTE) == attribute.isEmpty()) {
            throw new IllegalArgumentException("slices by %s with attribute '%s'".formatted(by.code, attribute));
        }
        if (minPairs < 1 || !(margin > 0 && margin <= Double.MAX_VALUE)) { // written so that NaN fails too
            throw new IllegalArgumentException(
                    "minPairs %d must be at least 1, margin %s above 0 and finite".formatted(minPairs, margin));
        }
    }

    /** Returns what the value of a slice follows in its name, for example {@code task=}. */
    public String prefix() {
        return (by == By.ATTRIBUTE ? attribute : by.code) + "=";
    }
}

package io.freshet.bench.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many times as fast one thing is as another: the quotient of each round, then its median. Both sides of a quotient
 * were measured right after each other, so that what else the machine does falls on both.
 *
 * @param name what is divided by what
 * @param target what the project aims at, or null for a figure without one
 */
public record Ratio(
        String name,
        double median,
        double min,
        double max,
        @Nullable Double target) {

    /**
     * Divides round by round.
     *
     * @param dividends one a round
     * @param divisors one a round, not 0
     */
    public static Ratio of(String name, List<Double> dividends, List<Double> divisors, @Nullable Double target) {
        if (dividends.size() != divisors.size()) {
            throw new IllegalArgumentException(
                    "%s: %d rounds by %d rounds".formatted(name, dividends.size(), divisors.size()));
        }
        List<Double> quotients = new ArrayList<>();
        for (int round = 0; round < dividends.size(); round++) {
            quotients.add(dividends.get(round) / divisors.get(round));
        }
        Spread spread = Spread.of(quotients);
        return new Ratio(name, spread.median(), spread.min(), spread.max(), target);
    }

    /** Returns one line for people. */
    public String line() {
        String aim = target == null
                ? ""
                : String.format(Locale.ROOT, "   target %.2f %s", target, median >= target ? "reached" : "not reached");
        return String.format(Locale.ROOT, "  %-74s %5.2f  (%.2f to %.2f)%s", name, median, min, max, aim);
    }
}

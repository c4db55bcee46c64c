package io.freshet.evaluator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequentialMcNemarTest {

    /**
     * Expected values are exact: for whole numbers the e-value is the rational {@code sum_{j = b+1}^{n+1} C(n+1, j) / ((n + 1)
     * C(n, b))}, summed with Python's {@code fractions} and its logarithm taken with {@code decimal} at 60 digits.
     *
     * <p>Tolerance: the body adds terms of up to 6,932 in magnitude (n ln 2 at n = 10,000), whose rounding is 6,932 * 2^-53 =
     * 8e-13 each; 1e-10 leaves two digits for the library's own error.
     */
    @ParameterizedTest(name = "{0} wins, {1} losses")
    @CsvSource({
        "0, 0, 0",
        "1, 0, 0.405465108108164382",
        "0, 1, -0.693147180559945309",
        "8, 0, 4.03914501286748505",
        "0, 8, -2.19722457733621938",
        "3, 2, -0.356674943938732379",
        "30, 10, 4.14674603477693139",
        "10, 30, -3.08152878660507118",
        "100, 60, 3.39721451925115460",
        "500, 500, -3.22883578722109124",
        "650, 500, 7.19648673468497829",
        "1000, 5000, -8.29442441390776777",
        "5000, 1000, 1451.79103744682125",
        "0, 5000, -8.51739317141890369",
        "5000, 0, 3457.91165680886759",
        "5000, 5000, -4.37945382834373891",
        "2500, 2600, -4.88606406310105248"
    })
    void agreesWithExactRationalArithmetic(long wins, long losses, double expected) {
        assertThat(SequentialMcNemar.logEvidence(wins, losses)).isCloseTo(expected, within(1e-10));
    }

    @Test
    void isContinuousWhereItsTwoFormulasMeet() {
        // One more win multiplies E by P(theta wins) / (1/2), a factor near 1 when wins and losses are about equal.
        for (long n : new long[] {10, 1_000, 100_000, 10_000_000}) {
            double tail = SequentialMcNemar.logEvidence(n, n);
            double body = SequentialMcNemar.logEvidence(n + 1, n);
            assertThat(body - tail).isPositive().isLessThan(2 / Math.sqrt((double) n));
        }
    }

    @Test
    void staysFiniteWhereTheIncompleteBetaUnderflows() {
        assertThat(SequentialMcNemar.logEvidence(1_000, 1_000_000)).isFinite().isNegative();
    }

    @Test
    void refusesNegativeCounts() {
        assertThatThrownBy(() -> SequentialMcNemar.logEvidence(-1, 3)).hasMessageContaining("wins -1");
    }

    /**
     * An equal candidate, looked at after every pair, must not be promoted more often than alpha says. 2,000 streams at alpha =
     * 0.05: were the true rate the bound itself, the count would be binomial with mean 100 and standard deviation sqrt(2,000 *
     * 0.05 * 0.95) = 9.7; more than 135 (3.6 deviations) would happen by chance with probability 2e-4, and the seed is fixed.
     * That the test has power to fail: a z-test peeked at like this promotes in over 30 % of streams.
     */
    @Test
    void promotesAnEqualCandidateNoMoreOftenThanAlpha() {
        SplittableRandom random = new SplittableRandom(20260712);
        int promoted = 0;
        int promotedByPeekedZ = 0;
        for (int stream = 0; stream < 2_000; stream++) {
            long[] counts = new long[2];
            boolean evidence = false;
            boolean z = false;
            for (int discordant = 1; discordant <= 500; discordant++) {
                counts[random.nextInt(2)]++;
                evidence |= SequentialMcNemar.logEvidence(counts[0], counts[1]) >= Math.log(1 / 0.05);
                z |= discordant >= 10 && (counts[0] - counts[1]) / Math.sqrt(discordant) >= 1.645;
            }
            promoted += evidence ? 1 : 0;
            promotedByPeekedZ += z ? 1 : 0;
        }
        assertThat(promoted).as("promotions of 2,000 equal candidates").isBetween(1, 135);
        assertThat(promotedByPeekedZ).as("promotions by a z-test").isGreaterThan(600);
    }

    /**
     * A candidate that wins 65 % of disagreements must be found. The growth rate of ln E approaches the divergence KL(0.65 ||
     * 0.5) = 0.0457 nats a discordant pair; after 500 that is 22.8, minus the price of the mixture (about ln sqrt(500) = 3.1),
     * far above ln 20 = 3.0.
     */
    @Test
    void promotesABetterCandidateNearlyAlways() {
        SplittableRandom random = new SplittableRandom(20260713);
        int promoted = 0;
        for (int stream = 0; stream < 500; stream++) {
            long wins = 0;
            boolean evidence = false;
            for (int discordant = 1; discordant <= 500; discordant++) {
                wins += random.nextDouble() < 0.65 ? 1 : 0;
                evidence |= SequentialMcNemar.logEvidence(wins, discordant - wins) >= Math.log(1 / 0.05);
            }
            promoted += evidence ? 1 : 0;
        }
        assertThat(promoted).isGreaterThan(495);
    }
}

package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {

    /** Probabilities 0.5, 0.05, 0.25, 0.2. */
    private static final float[] LOGITS = logits(0.5, 0.05, 0.25, 0.2);

    @Test
    void takesTheFirstOfTheLikeliestTokensWithoutTemperature() {
        assertThat(new Sampler(Sampling.GREEDY).choose(new float[] {-3, 2, -1, 2}))
                .isEqualTo(1);
    }

    @Test
    void drawsAsOftenAsTheProbabilitiesSay() {
        double[] shares = shares(new Sampling(1, 0, 1, 3));
        // of 20,000 draws a share is off by 0.0035 at most as standard deviation: sqrt(0.5 * 0.5 / 20,000)
        assertThat(shares[0]).isCloseTo(0.5, within(0.014));
        assertThat(shares[1]).isCloseTo(0.05, within(0.014));
        assertThat(shares[2]).isCloseTo(0.25, within(0.014));
        assertThat(shares[3]).isCloseTo(0.2, within(0.014));
    }

    @Test
    void sharpensWithALowTemperature() {
        // p^2: 0.25, 0.0025, 0.0625, 0.04 of 0.355 in all
        assertThat(shares(new Sampling(0.5, 0, 1, 3))[0]).isCloseTo(0.25 / 0.355, within(0.014));
    }

    @Test
    void drawsAmongTheLikeliestOnly() {
        double[] shares = shares(new Sampling(1, 2, 1, 3));
        assertThat(shares[0]).isCloseTo(0.5 / 0.75, within(0.014));
        assertThat(shares[1]).isZero();
        assertThat(shares[3]).isZero();
    }

    @Test
    void drawsAmongTokensUntilTheirProbabilitiesReachTheShare() {
        double[] two = shares(new Sampling(1, 0, 0.7, 3)); // 0.5 is not enough, 0.5 + 0.25 is
        assertThat(two[0]).isCloseTo(0.5 / 0.75, within(0.014));
        assertThat(two[2]).isCloseTo(0.25 / 0.75, within(0.014));
        double[] three = shares(new Sampling(1, 0, 0.8, 3));
        assertThat(three[3]).isCloseTo(0.2 / 0.95, within(0.014));
        assertThat(three[1]).isZero();
        assertThat(shares(new Sampling(1, 0, 0.01, 3))[0]).isEqualTo(1);
    }

    @Test
    void drawsTheSameTokensFromTheSameSeed() {
        assertThat(draws(new Sampling(1, 0, 1, 5), 50))
                .isEqualTo(draws(new Sampling(1, 0, 1, 5), 50))
                .isNotEqualTo(draws(new Sampling(1, 0, 1, 6), 50));
    }

    @Test
    void ordersNegativeAndPositiveLogits() {
        float[] logits = {-1, 3, -0f, 0f, -5, 2};
        assertThat(draws(new Sampling(1, 1, 1, 1), logits, 5)).containsOnly(1);
        assertThat(draws(new Sampling(1, 2, 1, 1), logits, 200)).containsOnly(1, 5);
    }

    @Test
    void refusesLogitsThatAreNotNumbers() {
        assertThatThrownBy(() -> new Sampler(Sampling.GREEDY).choose(new float[] {0, Float.NaN}))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("not numbers");
    }

    @Test
    void refusesImpossibleSettings() {
        assertThatThrownBy(() -> new Sampling(-1, 0, 1, 0)).hasMessageContaining("temperature -1.0");
        assertThatThrownBy(() -> new Sampling(Double.NaN, 0, 1, 0)).hasMessageContaining("temperature NaN");
        assertThatThrownBy(() -> new Sampling(1, -1, 1, 0)).hasMessageContaining("topK -1");
        assertThatThrownBy(() -> new Sampling(1, 0, 0, 0)).hasMessageContaining("topP 0.0");
        assertThatThrownBy(() -> new Sampling(1, 0, 1.5, 0)).hasMessageContaining("topP 1.5");
    }

    private static double[] shares(Sampling sampling) {
        int count = 20_000;
        double[] shares = new double[LOGITS.length];
        for (int token : draws(sampling, count)) {
            shares[token] += 1.0 / count;
        }
        double sum = shares[0] + shares[1] + shares[2] + shares[3];
        assertThat(sum).isCloseTo(1, within(1e-9));
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.rint(shares[i] * count) / count;
        }
        return shares;
    }

    private static List<Integer> draws(Sampling sampling, int count) {
        return draws(sampling, LOGITS, count);
    }

    private static List<Integer> draws(Sampling sampling, float[] logits, int count) {
        Sampler sampler = new Sampler(sampling);
        List<Integer> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(sampler.choose(logits));
        }
        return drawn;
    }

    private static float[] logits(double... probabilities) {
        float[] logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) Math.log(probabilities[i]);
        }
        return logits;
    }
}

package io.freshet.model.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.TextInput;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FeatureMapTest {

    private static final FeaturePlan LEXICAL = new FeaturePlan(FeaturePlan.Kind.LINEAR, 4, 1024, 512, 0);

    private static Features lexical(String text) {
        return new FeatureMap(LEXICAL).of(TextInput.of(text), new float[] {2, 2, 2, 2});
    }

    private static double similarity(Features x, Features y) {
        float[] row = new float[LEXICAL.width()];
        for (int i = 0; i < y.at().length; i++) {
            row[y.at()[i]] = y.values()[i];
        }
        return x.dot(row);
    }

    @Test
    void theHashNeverChanges() {
        // worked out by another program: what is stored with a head depends on it
        assertThat(Hash.of('w', "hello", "")).isEqualTo(0xe03358289d41751fL);
    }

    @Test
    void theEncodersPartIsScaledByItsWidth() {
        assertThat(lexical("x").dense()).containsOnly(1f); // 2 / sqrt(4)
    }

    @Test
    void theLexicalPartIsOneLong() {
        for (String text : new String[] {"play some jazz", "a a a a", "Übermut — ¿qué?", ""}) {
            double squares = 0;
            for (float value : lexical(text).values()) {
                squares += value * value;
            }
            assertThat(squares).as(text).isCloseTo(1, Offset.offset(1e-5));
        }
    }

    @Test
    void textsThatShareWordsAreAlike() {
        Features one = lexical("set an alarm for six");
        assertThat(similarity(one, lexical("Set an ALARM for six"))).isCloseTo(1, Offset.offset(1e-5));
        assertThat(similarity(one, lexical("set an alarm for seven"))).isGreaterThan(0.5);
        assertThat(similarity(one, lexical("what is the weather like"))).isLessThan(0.3);
    }

    @Test
    void theOrderOfWordsCounts() {
        assertThat(similarity(lexical("man bites dog"), lexical("dog bites man")))
                .isBetween(0.3, 0.95);
    }

    @Test
    void randomFeaturesApproachTheKernel() {
        int width = 16;
        FeatureMap map = new FeatureMap(new FeaturePlan(FeaturePlan.Kind.FOURIER, width, 1, 0, 4096));
        Random random = new Random(3);
        for (int i = 0; i < 10; i++) {
            float[] x = new float[width];
            float[] y = new float[width];
            double distance = 0;
            for (int j = 0; j < width; j++) {
                x[j] = (float) random.nextGaussian();
                y[j] = (float) (x[j] + 0.7 * random.nextGaussian());
                distance += (x[j] - y[j]) * (x[j] - y[j]);
            }
            Features fx = map.of(TextInput.of(""), x);
            double found = fx.dot(map.of(TextInput.of(""), y).dense());
            // the error of a mean of 4096 cosines is about 1 / sqrt(4096) = .016; four of it
            assertThat(found).isCloseTo(Math.exp(-distance / (2 * width)), Offset.offset(0.064));
        }
    }

    @Test
    void foldingKeepsInnerProducts() {
        int width = 4000;
        FeatureMap map = new FeatureMap(new FeaturePlan(FeaturePlan.Kind.LINEAR, width, 1000, 0, 0));
        Random random = new Random(4);
        float[] x = new float[width];
        float[] y = new float[width];
        double product = 0;
        for (int i = 0; i < width; i++) {
            x[i] = (float) random.nextGaussian();
            y[i] = (float) (0.8 * x[i] + 0.6 * random.nextGaussian());
            product += x[i] * y[i] / width;
        }
        Features fx = map.of(TextInput.of(""), x);
        double found = fx.dot(map.of(TextInput.of(""), y).dense());
        assertThat(found).isCloseTo(product, Offset.offset(0.15)); // of vectors 1 long: 4 / sqrt(1000)
    }

    @Test
    void refusesFeaturesOfAnotherEncoder() {
        assertThatThrownBy(() -> new FeatureMap(LEXICAL).of(TextInput.of("x"), new float[3]))
                .hasMessageContaining("the encoder gives 3 features, but 4 were learned from");
    }

    @Test
    void refusesFeaturesThatAreNoNumbers() {
        assertThatThrownBy(() -> new FeatureMap(LEXICAL).of(TextInput.of("x"), new float[] {1, 2, Float.NaN, 4}))
                .hasMessageContaining("the encoder is broken");
    }
}

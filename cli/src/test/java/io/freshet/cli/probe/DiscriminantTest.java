package io.freshet.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiscriminantTest {

    @Test
    void looksAcrossTheDirectionInWhichAllClassesVaryAlike() {
        Random random = new Random(1);
        List<float[]> features = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean left = i % 2 == 0;
            double along = 10 * random.nextGaussian(); // much variance that says nothing of the class
            double across = (left ? -1 : 1) + 0.2 * random.nextGaussian();
            features.add(new float[] {(float) (along + across), (float) (along - across)});
            truths.add(left ? "left" : "right");
        }
        Discriminant discriminant = Discriminant.fit(features, truths, 1e-4);
        int right = 0;
        for (int i = 0; i < 400; i++) {
            right += discriminant.classify(features.get(i)).equals(truths.get(i)) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(396); // the classes are five deviations from the border
    }

    @Test
    void refusesShrinkageThatIsNone() {
        assertThatThrownBy(() -> Discriminant.fit(List.of(new float[] {1}), List.of("a"), 0))
                .hasMessageContaining("0.0 is outside (0, 1]");
    }
}

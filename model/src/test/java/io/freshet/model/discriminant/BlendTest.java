package io.freshet.model.discriminant;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BlendTest {

    private static final Features X = new Features(new float[] {1}, new int[0], new float[0]);
    private static final List<String> LABELS = List.of("a", "b", "c");

    /** Classes whose logits for {@link #X} are as given. */
    private static Rows rows(List<String> labels, double count, float... logits) {
        List<float[]> weights = new ArrayList<>();
        double[] counts = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            weights.add(new float[] {logits[i]});
            counts[i] = count;
        }
        return new Rows(labels, counts, new ArrayList<>(weights), new float[logits.length]);
    }

    @Test
    void bothSidesCountAsTheirWeightsSay() {
        Blend.Octave weights = new Blend.Octave(Math.log(0.5), Math.log(0.1), 0, 0);
        List<Blend.Octave> octaves = new ArrayList<>(List.of(weights));
        DiscriminantHead head =
                new DiscriminantHead(LABELS, rows(LABELS, 100, 10, 20, 0), new Blend(true, new ArrayList<>(octaves)));
        float[] found = head.answer(X, new float[] {0.5f, 0.25f, 0.25f}).probabilities();
        // z = ln(p)/2 + d/10: sqrt(.5) e, sqrt(.25) e^2, sqrt(.25), over their sum
        double[] powers = {Math.sqrt(0.5) * Math.E, 0.5 * Math.E * Math.E, 0.5};
        double sum = powers[0] + powers[1] + powers[2];
        for (int i = 0; i < 3; i++) {
            assertThat((double) found[i]).isCloseTo(powers[i] / sum, Offset.offset(1e-6));
        }
    }

    @Test
    void aLabelThatOneSideDoesNotKnowIsDecidedByTheOther() {
        Rows rows = rows(List.of("b", "c"), 100, 30, 0);
        DiscriminantHead head = new DiscriminantHead(List.of("a", "b"), rows, new Blend(true));
        assertThat(head.labels()).containsExactly("a", "b", "c");
        Answer sure = head.answer(X, new float[] {0.999f, 0.001f});
        assertThat(sure.label()).as("the transformer alone knows it").isEqualTo("a");
        Answer other = head.answer(X, new float[] {0.001f, 0.999f});
        assertThat(other.label()).isEqualTo("b");
    }

    @Test
    void answersBeforeAnyClassIsKnown() {
        DiscriminantHead none = new DiscriminantHead(List.of(), rows(List.of(), 1), new Blend(false));
        assertThat(none.answer(X, new float[0]).label()).isNull();
        DiscriminantHead labels = new DiscriminantHead(LABELS, rows(List.of(), 1), new Blend(false));
        assertThat(labels.answer(X, new float[0]).probabilities()).containsOnly(1 / 3f);
    }

    @Test
    void learnsWhichSideToTrust() {
        Blend blend = new Blend(true);
        Random random = new Random(1);
        double first = 0;
        double last = 0;
        for (int i = 0; i < 4_000; i++) {
            int right = random.nextInt(3);
            float[] said = {0.1f, 0.1f, 0.1f}; // the transformer is mostly right, the discriminant guesses
            said[random.nextInt(10) == 0 ? random.nextInt(3) : right] = 0.8f;
            float[] logits = {0, 0, 0};
            logits[random.nextInt(3)] = 60;
            DiscriminantHead head = new DiscriminantHead(LABELS, rows(LABELS, 100, logits), blend);
            double loss = -Math.log(head.answer(X, said).probabilities()[right]);
            first += i < 500 ? loss : 0;
            last += i >= 3_500 ? loss : 0;
            head.weigh(X, said, LABELS.get(right));
        }
        assertThat(last).isLessThan(0.8 * first);
    }

    @Test
    void classesThatHaveJustComeHaveWeightsOfTheirOwn() {
        Blend blend = new Blend(true);
        DiscriminantHead often = new DiscriminantHead(LABELS, rows(LABELS, 100, 60, 0, 0), blend);
        for (int i = 0; i < 50; i++) {
            often.weigh(X, new float[] {0, 1, 0}, "b"); // the discriminant is wrong of classes it has had often
        }
        assertThat(blend.octaves().get(6)).isNotNull();
        assertThat(blend.octaves().get(0)).isNull();
        DiscriminantHead new1 = new DiscriminantHead(LABELS, rows(LABELS, 1, 60, 0, 0), blend);
        Answer untouched = new DiscriminantHead(LABELS, rows(LABELS, 1, 60, 0, 0), new Blend(true))
                .answer(X, new float[] {0, 1, 0});
        assertThat(new1.answer(X, new float[] {0, 1, 0}).probabilities())
                .as("one below is not touched")
                .containsExactly(untouched.probabilities());
    }
}

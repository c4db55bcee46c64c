package io.freshet.model.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BlendTest {

    private static final Features X = new Features(new float[] {1}, new int[0], new float[0]);
    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final LinearSoftmax SILENT = new LinearSoftmax(1, 1);
    private static final Blend.Weights TWO = new Blend.Weights(0.5, 0.1, 0);

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

    private static DiscriminantHead head(Blend blend, double count, float... logits) {
        return new DiscriminantHead(LABELS, rows(LABELS, count, logits), SILENT, blend);
    }

    @Test
    void eachHeadCountsAsItsWeightSays() {
        float[] found = head(new Blend(TWO), 90, 10, 20, 0)
                .answer(X, new float[] {0.5f, 0.25f, 0.25f})
                .probabilities();
        // trust 90 / 100, z = .45 ln(p) + d / 10
        double[] powers = {Math.pow(0.5, 0.45) * Math.E, Math.pow(0.25, 0.45) * Math.E * Math.E, Math.pow(0.25, 0.45)};
        double sum = powers[0] + powers[1] + powers[2];
        for (int i = 0; i < 3; i++) {
            assertThat((double) found[i]).isCloseTo(powers[i] / sum, Offset.offset(1e-6));
        }
    }

    @Test
    void theLinearSoftmaxCountsToo() {
        LinearSoftmax linear = new LinearSoftmax(1, 0.5);
        linear.learn(new Features(new float[] {0}, new int[0], new float[0]), "b", 1);
        for (int i = 0; i < 20; i++) {
            linear.learn(X, "c", 1);
            linear.learn(new Features(new float[] {-1}, new int[0], new float[0]), "a", 1);
        }
        DiscriminantHead head = new DiscriminantHead(
                LABELS, rows(LABELS, 90, 0.1f, 0, 0), linear, new Blend(new Blend.Weights(0, 0.1, 1)));
        assertThat(head.answer(X, new float[0]).label()).isEqualTo("c");
    }

    @Test
    void theTransformerIsTrustedLessOfClassesThatHaveJustCome() {
        float[] said = {0.02f, 0.96f, 0.02f};
        double fresh = head(new Blend(TWO), 1, 60, 40, 0).answer(X, said).probabilityOf("b");
        double often = head(new Blend(TWO), 1_000, 60, 40, 0).answer(X, said).probabilityOf("b");
        assertThat(fresh).isLessThan(often);
    }

    @Test
    void aLabelThatOneHeadDoesNotKnowIsDecidedByTheOthers() {
        Rows rows = rows(List.of("b", "c"), 1_000, 30, 0);
        DiscriminantHead head = new DiscriminantHead(List.of("a", "b"), rows, SILENT, new Blend(TWO));
        assertThat(head.labels()).containsExactly("a", "b", "c");
        assertThat(head.answer(X, new float[] {0.999f, 0.001f}).label())
                .as("the transformer alone knows it")
                .isEqualTo("a");
        assertThat(head.answer(X, new float[] {0.001f, 0.999f}).label()).isEqualTo("b");
    }

    @Test
    void answersBeforeAnyClassIsKnown() {
        Blend alone = new Blend(Blend.Weights.DISCRIMINANT_ALONE);
        Rows none = rows(List.of(), 1);
        assertThat(new DiscriminantHead(List.of(), none, SILENT, alone)
                        .answer(X, new float[0])
                        .label())
                .isNull();
        Answer even = new DiscriminantHead(LABELS, none, SILENT, alone).answer(X, new float[0]);
        assertThat(even.probabilities()).containsOnly(1 / 3f);
    }

    @Test
    void learnsHowSureToBeAndChangesNoAnswer() {
        Blend blend = new Blend(TWO);
        Random random = new Random(1);
        double first = 0;
        double last = 0;
        for (int i = 0; i < 4_000; i++) {
            int right = random.nextInt(3);
            float[] said = {0.1f, 0.1f, 0.1f};
            said[right] = 0.8f;
            float[] logits = {0, 0, 0};
            logits[random.nextInt(2) == 0 ? right : random.nextInt(3)] = 80; // far too sure of what is often wrong
            DiscriminantHead head = head(blend, 100, logits);
            Answer answer = head.answer(X, said);
            Answer plain = head(new Blend(TWO), 100, logits).answer(X, said);
            assertThat(answer.label()).isEqualTo(plain.label());
            double loss = -Math.log(answer.probabilityOf(LABELS.get(right)));
            first += i < 500 ? loss : 0;
            last += i >= 3_500 ? loss : 0;
            head.weigh(head.evidence(X, said), right);
        }
        assertThat(last).isLessThan(0.8 * first);
    }

    @Test
    void aHeadThatIsMostlyWrongIsSilentUntilItRecovers() {
        Blend blend = new Blend(TWO);
        float[] right = {0, 1, 0};
        for (int i = 0; i < 300; i++) { // the discriminant is right every time, the transformer never
            DiscriminantHead head = head(blend, 100, 0, 60, 0);
            head.weigh(head.evidence(X, new float[] {1, 0, 0}), 1);
        }
        DiscriminantHead unsure = head(blend, 100, 1, 0, 0);
        assertThat(unsure.answer(X, right).label())
                .as("the transformer says b and is not heard")
                .isEqualTo("a");
        for (int i = 0; i < 1_000; i++) {
            DiscriminantHead head = head(blend, 100, 0, 60, 0);
            head.weigh(head.evidence(X, right), 1);
        }
        assertThat(head(blend, 100, 1, 0, 0).answer(X, right).label()).isEqualTo("b");
    }

    @Test
    void goesOnFromItsState() {
        Blend blend = new Blend(TWO);
        for (int i = 0; i < 250; i++) {
            DiscriminantHead head = head(blend, 100, 0, 60, 0);
            head.weigh(head.evidence(X, new float[] {0.2f, 0.5f, 0.3f}), i % 3);
        }
        Blend restored = new Blend(TWO, blend.state());
        for (Blend each : List.of(blend, restored)) {
            DiscriminantHead head = head(each, 100, 20, 0, 0);
            head.weigh(head.evidence(X, new float[] {0.2f, 0.5f, 0.3f}), 0);
        }
        assertThat(restored.state()).isEqualTo(blend.state());
    }

    @Test
    void refusesWeightsOfWhichNoneIsAboveZero() {
        assertThatThrownBy(() -> new Blend.Weights(0, 0, 0)).hasMessage("no head has a weight above 0");
        assertThatThrownBy(() -> new Blend.Weights(-1, 1, 1)).hasMessageContaining("not a finite number of at least 0");
    }
}

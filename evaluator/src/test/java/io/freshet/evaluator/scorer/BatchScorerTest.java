package io.freshet.evaluator.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.Answer;
import io.freshet.model.TextScore;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchScorerTest {

    private long nanos;
    private final BatchScorer scorer = new BatchScorer(() -> nanos += 3_000_000); // 3 ms pass between two looks

    @Test
    void recordsAnswerProbabilityAndLatency() {
        Answer answer = new Answer(List.of("up", "down"), new float[] {0.25f, 0.75f});

        List<ExampleScore> scores = scorer.score("c1", new Shelved.Ready(new FixedModel(answer)), batch("up", "down"));

        assertThat(scores).extracting(ExampleScore::getPredicted).containsExactly("down", "down");
        assertThat(scores.get(0).getProbability()).isCloseTo(0.25, within(1e-7));
        assertThat(scores.get(1).getProbability()).isCloseTo(0.75, within(1e-7));
        assertThat(scores.get(0).getLatencyMicros()).as("3 ms for two").isEqualTo(1_500);
        assertThat(scores.get(0).getError()).isNull();
        assertThat(scores.get(1).getOffset()).isEqualTo(11);
    }

    @Test
    void saysWhichBatchAnExampleWasScoredInAndWhere() { // digests by: printf "1-10;1-11" | sha256sum
        Shelved model = new Shelved.Ready(new FixedModel(new Answer(List.of("up"), new float[] {1})));

        List<ExampleScore> two = scorer.score("c1", model, batch("up", "down"));
        List<ExampleScore> again = scorer.score("c1", model, batch("up", "down"));
        List<ExampleScore> three = scorer.score("c1", model, batch("up", "down", "up"));

        assertThat(two).extracting(ExampleScore::getBatchPosition).containsExactly(0, 1);
        assertThat(two).extracting(ExampleScore::getBatch).containsOnly("1-10+2/041f1d6b4381e411");
        assertThat(again)
                .extracting(ExampleScore::getBatch)
                .containsOnly(two.get(0).getBatch());
        assertThat(three).extracting(ExampleScore::getBatch).containsOnly("1-10+3/ded2f4e0cc45f645");
    }

    @Test
    void namesABatchOfOtherPartitionsByAnotherNameThoughItBeginsAlikeAndIsAsLong() {
        Batch.Member first = new Batch.Member(0, 100);

        Batch before = new Batch(List.of(first, new Batch.Member(1, 7)));
        Batch after = new Batch(List.of(first, new Batch.Member(0, 101)));

        assertThat(before.name()).startsWith("0-100+2/").isNotEqualTo(after.name());
    }

    @Test
    void givesALabelTheModelDoesNotKnowTheLeastProbability() {
        Answer answer = new Answer(List.of("up", "down"), new float[] {0.25f, 0.75f});

        ExampleScore score = scorer.score("c1", new Shelved.Ready(new FixedModel(answer)), batch("sideways"))
                .get(0);

        assertThat(score.getProbability()).isEqualTo(1e-6);
    }

    @Test
    void scoresAModelWithoutLabelsAsGivingNoAnswer() {
        ExampleScore score = scorer.score(
                        "genesis", new Shelved.Ready(new FixedModel(new Answer(List.of(), new float[0]))), batch("up"))
                .get(0);

        assertThat(score.getPredicted()).isNull();
        assertThat(score.getProbability()).isEqualTo(1e-6);
        assertThat(score.getError()).isNull();
    }

    @Test
    void marksAProbabilityThatIsNotANumberEvenIfItIsNotTheTrueLabels() {
        Answer answer = new Answer(List.of("up", "down"), new float[] {0.25f, Float.NaN});

        ExampleScore score = scorer.score("c1", new Shelved.Ready(new FixedModel(answer)), batch("up"))
                .get(0);

        assertThat(score.getError()).isEqualTo("a probability is not a number");
        assertThat(score.getProbability()).isEqualTo(1e-6);
    }

    @Test
    void recordsBitsPerTokenOfALanguageModelWithoutALabel() {
        FixedPredictor model = new FixedPredictor(new TextScore(3.5, 4));

        List<ExampleScore> scores =
                scorer.score("c1", new Shelved.Ready(model), List.of(unlabelled("a"), unlabelled("b")));

        ExampleScore first = scores.get(0);
        assertThat(first.getBitsPerToken()).isEqualTo(3.5);
        assertThat(first.getMaxBits()).isEqualTo(10.0);
        assertThat(first.getTokens()).isEqualTo(4);
        assertThat(first.getLabel()).isEmpty();
        assertThat(first.getPredicted()).isNull();
        assertThat(first.getError()).isNull();
        assertThat(first.getLatencyMicros()).as("3 ms for two").isEqualTo(1_500);
    }

    @Test
    void seedsTheMasksByTheExamplesIdAlone() {
        FixedPredictor champion = new FixedPredictor(new TextScore(3, 4));
        FixedPredictor candidate = new FixedPredictor(new TextScore(2, 4));

        scorer.score("c1", new Shelved.Ready(champion), List.of(unlabelled("a"), unlabelled("b")));
        scorer.score("c2", new Shelved.Ready(candidate), List.of(unlabelled("b"), unlabelled("a")));

        assertThat(champion.seeds()).doesNotHaveDuplicates();
        assertThat(candidate.seeds())
                .containsExactly(champion.seeds().get(1), champion.seeds().get(0));
        // the first 8 bytes of SHA-256("a")
        assertThat(champion.seeds().get(0)).isEqualTo(0xca978112ca1bbdcaL);
    }

    @Test
    void marksBitsThatAreNoNumber() {
        FixedPredictor model = new FixedPredictor(new TextScore(Double.NaN, 4));

        ExampleScore score = scorer.score("c1", new Shelved.Ready(model), List.of(unlabelled("a")))
                .get(0);

        assertThat(score.getError()).isEqualTo("NaN bits per token are outside [0, 10.0]");
        assertThat(score.getBitsPerToken()).isNull();
    }

    @Test
    void asksAClassifierAboutAnExampleWithoutALabelToo() {
        Answer answer = new Answer(List.of("up", "down"), new float[] {0.25f, 0.75f});

        ExampleScore score = scorer.score("c1", new Shelved.Ready(new FixedModel(answer)), List.of(unlabelled("a")))
                .get(0);

        assertThat(score.getLabel()).isEmpty();
        assertThat(score.getProbability()).isEqualTo(1e-6);
        assertThat(score.getError()).isNull();
    }

    @Test
    void marksEveryExampleWhereTheModelIsBroken() {
        List<ExampleScore> scores = scorer.score("c1", new Shelved.Broken("no such file"), batch("up", "down"));

        assertThat(scores).extracting(ExampleScore::getError).containsExactly("no such file", "no such file");
    }

    private static HeldOut unlabelled(String id) {
        return new HeldOut(
                1,
                10,
                LabeledExample.newBuilder()
                        .setId(id)
                        .setInput(new TextInput("some text", null))
                        .setEventTime(Instant.EPOCH)
                        .build());
    }

    private static List<HeldOut> batch(String... labels) {
        return IntStream.range(0, labels.length)
                .mapToObj(i -> new HeldOut(
                        1,
                        10 + i,
                        LabeledExample.newBuilder()
                                .setId("e" + i)
                                .setInput(new TextInput("some text", null))
                                .setLabel(labels[i])
                                .setEventTime(Instant.EPOCH)
                                .build()))
                .toList();
    }
}

package io.freshet.ingest.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.ingest.labels.Standing.Early;
import io.freshet.ingest.labels.Standing.Guess;
import io.freshet.ingest.labels.Standing.Labelled;
import io.freshet.ingest.labels.Standing.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LabelJoinTest {

    private static final GivenLabel CAT = new GivenLabel("cat", 10);
    private static final GivenLabel DOG = new GivenLabel("dog", 20);

    @Test
    void anExampleWithoutALabelWaits() {
        Step step = LabelJoin.example(null, null, 100);

        assertThat(step).isEqualTo(Step.to(new Waiting(100, null), new Effect.Await()));
    }

    @Test
    void anExampleThatBringsItsLabelGoesOnAtOnce() {
        Step step = LabelJoin.example(null, "cat", 100);

        assertThat(step).isEqualTo(Step.to(new Labelled(100, GivenLabel.withExample("cat"), null), new Effect.Admit()));
    }

    @Test
    void aLabelEndsTheWaitingAndSaysHowLongItWas() {
        Step step = LabelJoin.label(new Waiting(100, null), CAT, 350);

        assertThat(step)
                .isEqualTo(Step.to(new Labelled(350, CAT, "cat"), new Effect.Join("cat", OptionalLong.of(250))));
    }

    @Test
    void clocksThatDifferDoNotMakeADelayNegative() {
        Step step = LabelJoin.label(new Waiting(100, null), CAT, 90);

        assertThat(step.effects()).containsExactly(new Effect.Join("cat", OptionalLong.of(0)));
    }

    @Test
    void aLabelThatIsFirstWaitsForItsExample() {
        Step held = LabelJoin.label(null, CAT, 100);
        Step met = LabelJoin.example(held.next(), null, 130);

        assertThat(held).isEqualTo(Step.to(new Early(100, CAT), new Effect.Hold()));
        assertThat(met)
                .isEqualTo(Step.to(
                        new Labelled(130, CAT, null),
                        new Effect.Release(),
                        new Effect.Join("cat", OptionalLong.empty())));
    }

    @Test
    void whatIsSaidByItselfHoldsAgainstTheLabelThatTheExampleBrings() {
        Step step = LabelJoin.example(new Early(100, CAT), "dog", 130);

        assertThat(step.effects()).contains(new Effect.Join("cat", OptionalLong.empty()));
    }

    @Test
    void theSameLabelAgainIsARepetition() {
        Labelled labelled = new Labelled(100, CAT, null);

        assertThat(LabelJoin.label(labelled, CAT, 200)).isEqualTo(Step.to(labelled, new Effect.Repeat()));
    }

    @Test
    void anotherLabelGivenLaterIsACorrection() {
        Step step = LabelJoin.label(new Labelled(100, CAT, null), DOG, 200);

        assertThat(step).isEqualTo(Step.to(new Labelled(200, DOG, null), new Effect.Correct("dog")));
    }

    @Test
    void anotherLabelGivenEarlierIsOutdatedWheneverItComes() {
        Labelled labelled = new Labelled(100, DOG, null);

        assertThat(LabelJoin.label(labelled, CAT, 200)).isEqualTo(Step.to(labelled, new Effect.Outdate()));
    }

    @Test
    void aRepetitionGivenLaterOutdatesWhatWasGivenInBetween() {
        Step again = LabelJoin.label(new Labelled(100, CAT, null), new GivenLabel("cat", 30), 200);

        assertThat(LabelJoin.label(again.next(), DOG, 300).effects()).containsExactly(new Effect.Outdate());
    }

    @Test
    void theLabelThatHoldsAndTheCountsDoNotDependOnTheOrder() {
        List<String> events = List.of("example", "cat", "dog", "dog");
        for (List<String> order : permutations(events)) {
            @Nullable Standing standing = null;
            List<Effect> effects = new ArrayList<>();
            for (String event : order) {
                Step step = event.equals("example")
                        ? LabelJoin.example(standing, null, 100)
                        : LabelJoin.label(standing, event.equals("cat") ? CAT : DOG, 100);
                standing = step.next();
                effects.addAll(step.effects());
            }

            assertThat(standing)
                    .as("after %s", order)
                    .isInstanceOfSatisfying(
                            Labelled.class,
                            labelled -> assertThat(labelled.label()).isEqualTo(DOG));
            assertThat(effects)
                    .filteredOn(Effect.Join.class::isInstance)
                    .as("after %s", order)
                    .hasSize(1);
            assertThat(effects)
                    .filteredOn(e -> e instanceof Effect.Join
                            || e instanceof Effect.Correct
                            || e instanceof Effect.Repeat
                            || e instanceof Effect.Outdate)
                    .as("each label in one place after %s", order)
                    .hasSize(3);
        }
    }

    @Test
    void anAnswerGivenBeforeTheLabelIsScoredWhenTheLabelComes() {
        Step answered = LabelJoin.answer(new Waiting(100, null), new Guess("dog"));
        Step joined = LabelJoin.label(answered.next(), CAT, 200);

        assertThat(answered.effects()).isEmpty();
        assertThat(joined.effects()).contains(new Effect.Score(false));
        assertThat(joined.next()).isEqualTo(new Labelled(200, CAT, null));
    }

    @Test
    void anAnswerThatIsSlowerThanTheLabelIsScoredOnTheFirstLabelAndOnce() {
        Step joined = LabelJoin.label(new Waiting(100, null), CAT, 200);
        Step corrected = LabelJoin.label(joined.next(), DOG, 300);
        Step answered = LabelJoin.answer(corrected.next(), new Guess("cat"));

        assertThat(answered.effects()).containsExactly(new Effect.Score(true));
        assertThat(LabelJoin.answer(answered.next(), new Guess("cat")).effects())
                .isEmpty();
    }

    @Test
    void ofTwoAnswersTheFirstCounts() {
        Step first = LabelJoin.answer(new Waiting(100, null), new Guess("cat"));
        Step second = LabelJoin.answer(first.next(), new Guess("dog"));

        assertThat(LabelJoin.label(second.next(), CAT, 200).effects()).contains(new Effect.Score(true));
    }

    @Test
    void aChampionThatKnowsNoLabelIsWrong() {
        Step answered = LabelJoin.answer(new Waiting(100, null), new Guess(null));

        assertThat(LabelJoin.label(answered.next(), CAT, 200).effects()).contains(new Effect.Score(false));
    }

    @Test
    void anAnswerOnAnExampleThatNeverWaitedIsNotScored() {
        assertThat(LabelJoin.answer(new Labelled(100, CAT, null), new Guess("cat"))
                        .effects())
                .isEmpty();
        assertThat(LabelJoin.answer(null, new Guess("cat"))).isEqualTo(Step.to(null));
    }

    @Test
    void onlyWhatStillWaitsExpires() {
        assertThat(LabelJoin.over(new Waiting(1, null)).effects()).containsExactly(new Effect.ExpireExample());
        assertThat(LabelJoin.over(new Early(1, CAT)).effects()).containsExactly(new Effect.ExpireLabel());
        assertThat(LabelJoin.over(new Labelled(1, CAT, null)).effects()).isEmpty();
    }

    @Test
    void anExampleWhoseIdComesAnewDoesNotGetLost() {
        Step step = LabelJoin.example(new Waiting(1, null), null, 100);

        assertThat(step.effects()).containsExactly(new Effect.ExpireExample(), new Effect.Await());
    }

    private static List<List<String>> permutations(List<String> elements) {
        if (elements.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            List<String> rest = new ArrayList<>(elements);
            String first = rest.remove(i);
            for (List<String> tail : permutations(rest)) {
                List<String> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }
}

package io.freshet.ingest.labels;

import io.freshet.ingest.labels.Standing.Early;
import io.freshet.ingest.labels.Standing.Guess;
import io.freshet.ingest.labels.Standing.Labelled;
import io.freshet.ingest.labels.Standing.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings examples and labels of one id together, in whatever order they come. Which label holds in the end does not depend
 * on that order, but on the times at which the labels were given.
 */
public final class LabelJoin {

    private LabelJoin() {}

    /**
     * An example came that is not a repetition.
     *
     * @param label the label it brought; null for none
     * @param time when the broker appended it
     */
    public static Step example(@Nullable Standing before, @Nullable String label, long time) {
        if (before instanceof Early early) {
            return meet(early, label, time);
        }
        List<Effect> effects = new ArrayList<>();
        if (before instanceof Waiting) { // only where the id is remembered here for longer than as a duplicate
            effects.add(new Effect.ExpireExample());
        }
        if (label == null) {
            effects.add(new Effect.Await());
            return new Step(new Waiting(time, null), effects);
        }
        effects.add(new Effect.Admit());
        return new Step(new Labelled(time, GivenLabel.withExample(label), null), effects);
    }

    private static Step meet(Early early, @Nullable String brought, long time) {
        Labelled next = new Labelled(time, early.label(), null);
        String label = early.label().label();
        return label.equals(brought)
                ? Step.to(next, new Effect.Release(), new Effect.Repeat(), new Effect.Admit())
                : Step.to(next, new Effect.Release(), new Effect.Join(label, OptionalLong.empty()));
    }

    /**
     * A label came.
     *
     * @param time when the broker appended it
     */
    public static Step label(@Nullable Standing before, GivenLabel given, long time) {
        if (before instanceof Waiting waiting) {
            return join(waiting, given, time);
        }
        if (before instanceof Early early) {
            GivenLabel held = early.label();
            if (given.same(held)) {
                return Step.to(new Early(early.since(), given.notBefore(held)), new Effect.Repeat());
            }
            return Step.to(given.supersedes(held) ? new Early(early.since(), given) : early, new Effect.Outdate());
        }
        if (before instanceof Labelled labelled) {
            return relabel(labelled, given, time);
        }
        return Step.to(new Early(time, given), new Effect.Hold());
    }

    private static Step join(Waiting waiting, GivenLabel given, long time) {
        Guess guess = waiting.guess();
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Join(given.label(), OptionalLong.of(Math.max(0, time - waiting.since()))));
        if (guess != null) {
            effects.add(new Effect.Score(guess.right(given.label())));
        }
        return new Step(new Labelled(time, given, guess == null ? given.label() : null), effects);
    }

    private static Step relabel(Labelled labelled, GivenLabel given, long time) {
        GivenLabel held = labelled.label();
        if (given.same(held)) {
            return Step.to(
                    new Labelled(labelled.since(), given.notBefore(held), labelled.unscored()), new Effect.Repeat());
        }
        return given.supersedes(held)
                ? Step.to(new Labelled(time, given, labelled.unscored()), new Effect.Correct(given.label()))
                : Step.to(labelled, new Effect.Outdate());
    }

    /** The champion answered. Of several answers on one example the first counts, and it is scored once. */
    public static Step answer(@Nullable Standing before, Guess guess) {
        if (before instanceof Waiting waiting && waiting.guess() == null) {
            return Step.to(new Waiting(waiting.since(), guess));
        }
        if (before instanceof Labelled labelled && labelled.unscored() != null) {
            return Step.to(
                    new Labelled(labelled.since(), labelled.label(), null),
                    new Effect.Score(guess.right(labelled.unscored())));
        }
        return Step.to(before);
    }

    /** The waiting time is over. */
    public static Step over(Standing before) {
        if (before instanceof Waiting) {
            return Step.to(null, new Effect.ExpireExample());
        }
        return before instanceof Early ? Step.to(null, new Effect.ExpireLabel()) : Step.to(null);
    }
}

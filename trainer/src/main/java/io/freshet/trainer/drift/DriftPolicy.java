package io.freshet.trainer.drift;

import java.util.EnumSet;
import java.util.Set;

/**
 * What watches a stream, and what follows an alarm.
 *
 * @param errors what watches how wrong predictions are
 * @param sensitivity of the detectors
 * @param features whether texts are watched too
 * @param windows how they are compared
 * @param reactions to an alarm
 * @param forgetting what {@link Reaction#SHRINK} drops
 * @param labelExamples examples of a label learned from before its predictions are watched, at least 1: a label that is
 *     new is predicted wrongly although nothing has changed
 */
public record DriftPolicy(
        Detection errors,
        Sensitivity sensitivity,
        boolean features,
        Windows windows,
        Set<Reaction> reactions,
        Forgetting forgetting,
        int labelExamples) {

    /** Nothing watches. */
    public static final DriftPolicy OFF = new DriftPolicy(
            Detection.NONE,
            Sensitivity.DEFAULT,
            false,
            new Windows(0.001, 200),
            EnumSet.noneOf(Reaction.class),
            new Forgetting(0, true),
            1);

    /**
     * What is dropped of what was remembered before a change.
     *
     * @param keep share that stays, in [0, 1]
     * @param contradicted whether only examples of labels are dropped whose predictions turned out wrong since
     */
    public record Forgetting(double keep, boolean contradicted) {
        public Forgetting {
            if (!(keep >= 0 && keep <= 1)) {
                throw new IllegalArgumentException("keep %s is outside [0, 1]".formatted(keep));
            }
        }
    }

    public DriftPolicy {
        reactions = Set.copyOf(reactions);
        if (labelExamples < 1) {
            throw new IllegalArgumentException("labelExamples %d is below 1".formatted(labelExamples));
        }
    }

    /** Returns whether anything watches. */
    public boolean on() {
        return errors != Detection.NONE || features;
    }

    public boolean does(Reaction reaction) {
        return reactions.contains(reaction);
    }
}

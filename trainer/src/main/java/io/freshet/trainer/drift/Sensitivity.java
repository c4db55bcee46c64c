package io.freshet.trainer.drift;

import org.jspecify.annotations.Nullable;

/**
 * How easily each detector sees a change.
 *
 * @param adwinDelta see {@link Adwin}
 * @param slack see {@link PageHinkley}
 * @param threshold see {@link PageHinkley}
 * @param ddmLevel see {@link Ddm}
 * @param kswin see {@link Kswin}
 */
public record Sensitivity(double adwinDelta, double slack, double threshold, double ddmLevel, Kswin.Shape kswin) {

    /** What was measured to raise few false alarms. */
    public static final Sensitivity DEFAULT = new Sensitivity(0.002, 0.05, 25, 4, new Kswin.Shape(1e-4, 1_000, 200));

    public Sensitivity {
        Observations.share("adwinDelta", adwinDelta);
        Observations.positive("slack", slack);
        Observations.positive("threshold", threshold);
        Observations.positive("ddmLevel", ddmLevel);
    }

    /**
     * Opens a detector.
     *
     * @param detection which; not {@link Detection#NONE}
     * @param state what to go on from; null, or what another detector left, to begin anew
     * @param seed of what is drawn
     */
    public Detector open(Detection detection, Detector.@Nullable State state, long seed) {
        return switch (detection) {
            case ADWIN -> new Adwin(adwinDelta, state instanceof Adwin.State own ? own : Adwin.State.EMPTY);
            case PAGE_HINKLEY ->
                new PageHinkley(
                        slack, threshold, state instanceof PageHinkley.State own ? own : PageHinkley.State.EMPTY);
            case DDM -> new Ddm(ddmLevel, state instanceof Ddm.State own ? own : Ddm.State.EMPTY);
            case KSWIN -> new Kswin(kswin, state instanceof Kswin.State own ? own : Kswin.State.empty(seed));
            case NONE -> throw new IllegalArgumentException("nothing watches where detection is none");
        };
    }
}

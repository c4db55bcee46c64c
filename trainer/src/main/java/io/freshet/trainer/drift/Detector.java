package io.freshet.trainer.drift;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/**
 * Watches numbers that come one after the other for a change of what they come from. After a change it goes on with what
 * came since. Its whole state is in {@link #state()}. Not safe for use from several threads.
 */
public sealed interface Detector permits Adwin, PageHinkley, Ddm, Kswin {

    /**
     * Takes the next observation.
     *
     * @param at its number, above that of the one before; numbers may be left out
     * @param value in the range that the detector states
     * @return the change that it shows, if it shows one; for the better or for the worse
     * @throws IllegalArgumentException if the value is outside the range
     */
    Optional<Change> observe(long at, double value);

    State state();

    /** What a checkpoint keeps of a detector. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "detector")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Adwin.State.class, name = "adwin"),
        @JsonSubTypes.Type(value = PageHinkley.State.class, name = "page-hinkley"),
        @JsonSubTypes.Type(value = Ddm.State.class, name = "ddm"),
        @JsonSubTypes.Type(value = Kswin.State.class, name = "kswin")
    })
    sealed interface State permits Adwin.State, PageHinkley.State, Ddm.State, Kswin.State {}
}

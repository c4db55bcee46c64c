package io.freshet.client;

import java.util.Optional;

/**
 * Told about updates, on the thread that makes them: return soon, and do not wait for an update. Those who await an update
 * are woken after the listeners were told. What a listener throws is logged and changes nothing.
 */
public interface UpdateListener {

    /**
     * Requests that begin from now on are answered by {@code after}.
     *
     * @param before the model served until now, which may still be answering; empty for the first
     */
    default void onSwap(Optional<ServedModel> before, ServedModel after) {}

    /** An update failed; the model served until now stays. */
    default void onFailure(UpdateFailure failure) {}
}

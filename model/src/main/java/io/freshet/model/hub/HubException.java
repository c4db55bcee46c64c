package io.freshet.model.hub;

import java.io.IOException;

/** A model cannot be fetched and trying again would not help; the message says what to do. */
public final class HubException extends IOException {

    private static final long serialVersionUID = 1;

    HubException(String message) {
        super(message);
    }

    HubException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.freshet.schemas;

import org.jspecify.annotations.Nullable;

/** The bytes of a record are not what its topic agrees on; the message says what was found and what to do. */
public final class UndecodableRecordException extends Exception {

    private final RejectionReason reason;

    UndecodableRecordException(RejectionReason reason, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public RejectionReason reason() {
        return reason;
    }
}

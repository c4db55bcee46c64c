package io.freshet.schemas;

/** The registry answered, but would not do what was asked, for example because of a missing permission. */
public class RegistryRefusedException extends RuntimeException {

    private final int status;
    private final int errorCode;

    RegistryRefusedException(String message, int status, int errorCode) {
        super(message);
        this.status = status;
        this.errorCode = errorCode;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** The protocol's own code, for example 40403; the HTTP status where the answer had none. */
    public int errorCode() {
        return errorCode;
    }
}

package io.freshet.schemas;

/** Why a record was not admitted; the code travels in {@link RejectedExample}. */
public enum RejectionReason {
    NOT_AVRO("record.not.avro"),
    SCHEMA_UNKNOWN("schema.unknown"),
    SCHEMA_INCOMPATIBLE("schema.incompatible"),
    TRUNCATED("record.truncated"),
    RECORD_TOO_LARGE("record.too.large"),
    INPUT_UNREADABLE("input.unreadable"),
    ID_BLANK("id.blank"),
    ID_CONFLICT("id.conflict"),
    TEXT_BLANK("text.blank"),
    TEXT_TOO_LONG("text.too.long"),
    INPUT_UNSUPPORTED("input.unsupported"),
    LABEL_MISSING("label.missing"),
    LABEL_NOT_ALLOWED("label.not.allowed"),
    LABEL_LIMIT("label.limit"),
    LABEL_EXPIRED("label.expired"),
    LABEL_UNMATCHED("label.unmatched"),
    WEIGHT_INVALID("weight.invalid"),
    TIME_FUTURE("time.future"),
    SPLIT_CROSSING("split.crossing"),
    SPLIT_HELD_OUT("split.heldout");

    private final String code;

    RejectionReason(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /**
     * Returns the reason with that code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RejectionReason of(String code) {
        for (RejectionReason reason : values()) {
            if (reason.code.equals(code)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no reason has the code '%s'".formatted(code));
    }
}

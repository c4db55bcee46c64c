package io.freshet.ingest.admission;

import io.freshet.schemas.Label;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.RejectionReason;
import io.freshet.schemas.TextInput;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges an example by itself, whatever came before it. Stateless and deterministic. */
public final class AdmissionPolicy {

    private final AdmissionLimits limits;

    public AdmissionPolicy(AdmissionLimits limits) {
        this.limits = limits;
    }

    /**
     * Returns why {@code example} is not admitted, or nothing.
     *
     * @param received when the broker appended it; the wall clock is never looked at, so judging again gives the same
     */
    public Optional<Rejection> judge(LabeledExample example, Instant received) {
        return Stream.<Supplier<@Nullable Rejection>>of(
                        () -> judgeId(example.getId()),
                        () -> judgeInput(example.getInput()),
                        () -> judgeLabel(example.getLabel()),
                        () -> judgeWeight(example.getWeight()),
                        () -> judgeTime(example.getEventTime(), received))
                .map(Supplier::get)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /**
     * Returns why a label that came by itself is not admitted, or nothing.
     *
     * @param received when the broker appended it
     */
    public Optional<Rejection> judge(Label label, Instant received) {
        return Stream.<Supplier<@Nullable Rejection>>of(
                        () -> judgeId(label.getId()),
                        () -> judgeLabel(label.getLabel()),
                        () -> judgeTime(label.getTime(), received))
                .map(Supplier::get)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private static @Nullable Rejection judgeId(String id) {
        return isBlank(id)
                ? new Rejection(RejectionReason.ID_BLANK, "the id is blank; give every example an id of its own")
                : null;
    }

    private @Nullable Rejection judgeInput(Object input) {
        if (!(input instanceof TextInput text)) {
            return new Rejection(
                    RejectionReason.INPUT_UNSUPPORTED,
                    "the input is a %s; only TextInput can be learned from"
                            .formatted(input.getClass().getSimpleName()));
        }
        @Nullable Rejection first = judgeText("text", text.getText());
        String pair = text.getTextPair();
        return first != null || pair == null ? first : judgeText("textPair", pair);
    }

    private @Nullable Rejection judgeText(String field, String text) {
        if (isBlank(text)) {
            return new Rejection(
                    RejectionReason.TEXT_BLANK,
                    "%s has no visible character; leave such examples out".formatted(field));
        }
        int characters = text.codePointCount(0, text.length());
        if (characters > limits.textMaxCharacters()) {
            return new Rejection(
                    RejectionReason.TEXT_TOO_LONG,
                    "%s has %d characters, more than ingest.text.max.characters = %d; shorten it or raise the limit"
                            .formatted(field, characters, limits.textMaxCharacters()));
        }
        return null;
    }

    private @Nullable Rejection judgeLabel(@Nullable String label) {
        if (label == null || isBlank(label)) {
            return limits.labelRequired() || label != null
                    ? new Rejection(
                            RejectionReason.LABEL_MISSING,
                            "the label is %s; give one, or send null and set ingest.labels.wait.ms if it comes later by itself"
                                    .formatted(label == null ? "null" : "blank"))
                    : null;
        }
        if (!limits.allowedLabels().isEmpty() && !limits.allowedLabels().contains(label)) {
            return new Rejection(
                    RejectionReason.LABEL_NOT_ALLOWED,
                    "label '%s' is not one of the %d in ingest.labels.allowed; correct it or add it there"
                            .formatted(
                                    Rejection.shown(label),
                                    limits.allowedLabels().size()));
        }
        if (limits.labelPattern().map(p -> !p.matcher(label).matches()).orElse(false)) {
            return new Rejection(
                    RejectionReason.LABEL_NOT_ALLOWED,
                    "label '%s' does not match ingest.labels.pattern = %s; correct it or widen the pattern"
                            .formatted(
                                    Rejection.shown(label),
                                    limits.labelPattern().orElseThrow()));
        }
        return null;
    }

    private static @Nullable Rejection judgeWeight(double weight) {
        return weight >= 0 && weight < Double.POSITIVE_INFINITY // false for NaN too
                ? null
                : new Rejection(
                        RejectionReason.WEIGHT_INVALID,
                        "weight %s is not finite and at least 0; 1 is the usual weight".formatted(weight));
    }

    private @Nullable Rejection judgeTime(Instant eventTime, Instant received) {
        return eventTime.isAfter(received.plus(limits.futureLimit()))
                ? new Rejection(
                        RejectionReason.TIME_FUTURE,
                        "time %s is more than %s after %s, when it was received; check the producer's clock and unit (milliseconds)"
                                .formatted(eventTime, limits.futureLimit(), received))
                : null;
    }

    /** Whether nothing of {@code text} can be seen: white space of any kind, control and format characters. */
    private static boolean isBlank(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT);
    }
}

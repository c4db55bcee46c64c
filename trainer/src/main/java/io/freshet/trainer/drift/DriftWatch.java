package io.freshet.trainer.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches a stream as its examples are predicted, before they are learned from. Of changes of the error only those for the
 * worse are told: a model that learns becomes better. Its whole state is in {@link #state()}. Confined to one thread.
 */
public final class DriftWatch {

    private final DriftPolicy policy;
    private final @Nullable Detector errors;
    private final @Nullable FeatureWatch features;
    private final @Nullable Contradictions contradictions;
    private @Nullable DriftAlarm last;
    private long rewarmed;

    /**
     * What a checkpoint keeps.
     *
     * @param errors null where nothing watches them
     * @param features null where nothing watches them
     * @param contradictions null where no single labels are looked for
     * @param rewarmed step after which the learning rate's schedule began last, 0 for the beginning
     * @param last the last alarm, null before there was one
     */
    public record State(
            @JsonProperty("errors") Detector.@Nullable State errors,
            @JsonProperty("features") FeatureWatch.@Nullable State features,
            @JsonProperty("contradictions") Contradictions.@Nullable State contradictions,
            @JsonProperty("rewarmed") long rewarmed,
            @JsonProperty("last") @Nullable DriftAlarm last) {

        /** Before anything was watched. */
        public static final State EMPTY = new State(null, null, null, 0, null);
    }

    /**
     * What examples showed.
     *
     * @param alarms in the order of the stream
     * @param obsolete what is to be forgotten, where the policy says so
     */
    public record Findings(List<DriftAlarm> alarms, List<Obsolete> obsolete) {
        public Findings {
            alarms = List.copyOf(alarms);
            obsolete = List.copyOf(obsolete);
        }
    }

    /**
     * Goes on from a state.
     *
     * @param seed of what is drawn, where the state does not say
     */
    public DriftWatch(DriftPolicy policy, State state, long seed) {
        this.policy = policy;
        this.errors = policy.errors() == Detection.NONE
                ? null
                : policy.sensitivity().open(policy.errors(), state.errors, seed);
        this.features = policy.features()
                ? new FeatureWatch(
                        policy.windows(), state.features == null ? FeatureWatch.State.empty(~seed) : state.features)
                : null;
        this.contradictions = policy.does(Reaction.SHRINK)
                        && policy.forgetting().contradicted()
                ? new Contradictions(state.contradictions == null ? Contradictions.State.EMPTY : state.contradictions)
                : null;
        this.rewarmed = state.rewarmed;
        this.last = state.last;
    }

    /**
     * Takes the next examples.
     *
     * @param from number of the first
     * @param outcomes how each was predicted
     * @param texts theirs
     * @param encoder computes features of texts, in their order
     */
    public Findings observe(
            long from,
            List<Outcome> outcomes,
            List<WatchedText> texts,
            Function<List<WatchedText>, List<float[]>> encoder) {
        List<DriftAlarm> alarms = new ArrayList<>();
        List<Obsolete> obsolete = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            outcome(from + i, outcomes.get(i), obsolete).ifPresent(alarms::add);
            if (features != null) {
                long at = from + i;
                features.observe(at, texts.get(i), encoder)
                        .ifPresent(change -> alarms.add(alarm(DriftAlarm.MMD, at, change)));
            }
        }
        if (!alarms.isEmpty()) {
            last = alarms.get(alarms.size() - 1);
        }
        return new Findings(alarms, obsolete);
    }

    private Optional<DriftAlarm> outcome(long at, Outcome outcome, List<Obsolete> obsolete) {
        if (errors == null || !outcome.known()) {
            return Optional.empty();
        }
        String label = outcome.label();
        if (label != null && contradictions != null) {
            forget(contradictions.since(), contradictions.observe(at, label, outcome.error() > 0), obsolete);
        }
        Optional<Change> worse = errors.observe(at, outcome.error()).filter(Change::rose);
        if (worse.isPresent() && policy.does(Reaction.SHRINK)) {
            long since = worse.get().since();
            if (label == null || contradictions == null) {
                obsolete.add(new Obsolete(since, Optional.empty()));
            } else {
                forget(since, contradictions.suspect(since, at), obsolete);
            }
        }
        return worse.map(change -> alarm(policy.errors().key(), at, change));
    }

    private static void forget(long before, Set<String> labels, List<Obsolete> obsolete) {
        if (!labels.isEmpty()) {
            obsolete.add(new Obsolete(before, Optional.of(labels)));
        }
    }

    private static DriftAlarm alarm(String detector, long at, Change change) {
        return new DriftAlarm(detector, at, change.since(), change.before(), change.after());
    }

    /** Told that the learning rate's schedule begins again after {@code step}. */
    public void rewarm(long step) {
        rewarmed = step;
    }

    /** Returns the step after which the schedule began last. */
    public long rewarmed() {
        return rewarmed;
    }

    public Optional<DriftAlarm> last() {
        return Optional.ofNullable(last);
    }

    public State state() {
        return new State(
                errors == null ? null : errors.state(),
                features == null ? null : features.state(),
                contradictions == null ? null : contradictions.state(),
                rewarmed,
                last);
    }
}

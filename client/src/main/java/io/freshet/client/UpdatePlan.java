package io.freshet.client;

import io.freshet.client.SequenceRule.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to load next and when: folds offered champions into the newest one worth having, and spaces the attempts to load
 * it. Knows neither Kafka nor a clock; times are nanoseconds of any monotonic ticker. Confined to one thread.
 */
final class UpdatePlan {

    private final Backoff backoff;
    private @Nullable Champion reigning;
    private @Nullable Champion target;
    private int failures;
    private long notBefore;

    UpdatePlan(Backoff backoff) {
        this.backoff = backoff;
    }

    /** Takes note of a champion from the log or the cache. */
    Verdict offer(Champion offered) {
        Champion latest = target == null ? reigning : target;
        Verdict verdict = latest == null ? Verdict.FOLLOW : SequenceRule.judge(latest, offered);
        if (verdict == Verdict.FOLLOW) {
            // The log read again after a lost connection may lead back to what is served already.
            target = reigning != null && reigning.sameModel(offered) ? null : offered;
            failures = 0;
        }
        return verdict;
    }

    /** Returns the champion to load now, if there is one and its wait is over. */
    Optional<Champion> due(long now) {
        return failures > 0 && now - notBefore < 0 ? Optional.empty() : Optional.ofNullable(target);
    }

    /** The champion is served from now on. */
    void loaded(Champion champion) {
        reigning = champion;
        if (target != null && target.sameModel(champion)) {
            target = null;
        }
        failures = 0;
    }

    /** The champion that was due could not be loaded; returns how long it waits before it is due again. */
    Duration failed(long now) {
        failures++;
        Duration wait = backoff.after(failures);
        notBefore = now + wait.toNanos();
        return wait;
    }

    int failures() {
        return failures;
    }
}

package io.freshet.trainer;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Watches the resident memory of the process: native memory is outside the heap's limit. */
final class MemoryGuard {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final long limitMib;
    private final Supplier<OptionalLong> resident;
    private final Time time;
    private OptionalLong looked = OptionalLong.empty();

    /** @param limitMib 0 for no limit */
    MemoryGuard(long limitMib, Supplier<OptionalLong> resident, Time time) {
        this.limitMib = limitMib;
        this.resident = resident;
        this.time = time;
    }

    /** Returns what is wrong and what to do, or nothing. Looks at most once a second. */
    Optional<String> complaint() {
        if (limitMib == 0
                || (looked.isPresent() && time.since(looked.getAsLong()).compareTo(BETWEEN_LOOKS) < 0)) {
            return Optional.empty();
        }
        looked = OptionalLong.of(time.tick());
        OptionalLong now = resident.get();
        return now.isEmpty() || now.getAsLong() <= limitMib
                ? Optional.empty()
                : Optional.of(
                        "resident memory of %d MiB is beyond %s = %d; start the trainer again, it goes on from its last checkpoint; if it comes back at once, raise the limit or lower %s or %s"
                                .formatted(
                                        now.getAsLong(),
                                        TrainerConfig.MEMORY_LIMIT,
                                        limitMib,
                                        TrainerConfig.BATCH_SIZE,
                                        TrainerConfig.BATCH_TOKENS));
    }
}

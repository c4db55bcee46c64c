package io.freshet.cli.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a decision of the gate can be recomputed.
 *
 * @param checkpoint the candidate
 * @param trial the trial that decided about it
 * @param outcome what was decided
 * @param checks all that was looked into
 */
public record Verification(
        String checkpoint, String trial, @Nullable String outcome, List<Check> checks) {

    public Verification {
        checks = List.copyOf(checks);
    }

    public boolean verified() {
        return checks.stream().allMatch(Check::passed);
    }
}

package io.freshet.cli.audit;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.Trial;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The policy that a trial carries, as text. */
final class RecordedPolicy {

    private RecordedPolicy() {}

    /** Returns the SHA-256 of a policy's text as it was recorded, lower-case hexadecimal. */
    static String hash(String policy) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(policy.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads it.
     *
     * @throws io.freshet.core.config.ConfigException if it is none
     * @throws IllegalStateException if the trial was opened by a gate that did not write its policy down yet
     */
    static GatePolicy of(Trial trial) {
        String policy = trial.getPolicy();
        if (policy == null) {
            throw new IllegalStateException(
                    "trial %s does not carry its policy: it was opened by an older version of the gate"
                            .formatted(trial.getId()));
        }
        return GatePolicy.fromJson(policy);
    }
}

package io.freshet.evaluator.scorer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which held-out examples a checkpoint was scored on at once, in their order. They are padded to the longest of them, and the last
 * digits of a score depend on that: who scores again needs the same batch.
 *
 * @param members where they stand, at least one
 */
public record Batch(List<Member> members) {

    private static final int DIGEST = 16;

    /** A partition of the held-out topic and an offset in it. */
    public record Member(int partition, long offset) {

        @Override
        public String toString() {
            return partition + "-" + offset;
        }
    }

    public Batch {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one example");
        }
    }

    static Batch of(List<HeldOut> examples) {
        return new Batch(examples.stream()
                .map(example -> new Member(example.partition(), example.offset()))
                .toList());
    }

    /**
     * Returns the name that scores carry: where the first example stands, how many there are, and the beginning of the SHA-256 of
     * all their places. Two batches of one checkpoint have the same name only if they are the same examples in the same order,
     * also where a rebalance had some of them scored twice.
     */
    public String name() {
        return "%s+%d/%s".formatted(members.get(0), members.size(), digest().substring(0, DIGEST));
    }

    private String digest() {
        String all = members.stream().map(Member::toString).collect(Collectors.joining(";"));
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

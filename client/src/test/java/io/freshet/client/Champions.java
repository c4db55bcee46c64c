package io.freshet.client;

import io.freshet.core.store.StoredFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Champions for tests of the rules, whose files are nowhere. */
final class Champions {

    private Champions() {}

    static Champion promotion(long sequence) {
        return champion(sequence, "promotion", "c%06d-00000000".formatted(sequence));
    }

    static Champion rollback(long sequence, long checkpoint) {
        return champion(sequence, Champion.ROLLBACK, "c%06d-00000000".formatted(checkpoint));
    }

    static Champion champion(long sequence, String reason, String checkpoint) {
        StoredFile file = new StoredFile("%064x".formatted(sequence), 5);
        return new Champion(
                sequence,
                checkpoint,
                reason,
                Optional.empty(),
                OptionalDouble.of(0.5),
                "file:///nowhere",
                List.of(new ChampionFile("config.json", file)));
    }
}

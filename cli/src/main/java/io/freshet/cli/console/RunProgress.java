package io.freshet.cli.console;

import org.jspecify.annotations.Nullable;

/**
 * Where a run stands.
 *
 * @param total records to be published in all
 * @param published records acknowledged
 * @param ingested records that ingest has dealt with
 * @param trained examples learned from
 * @param toTrain examples admitted for training so far
 * @param prequentialAccuracy over the last 1,000 examples before they were learned from, in [0, 1]
 * @param prequentialBits bits per token of the last 1,000 texts before they were learned from; null for a classifier
 * @param labels labels that the model in training knows
 * @param promotions so far
 */
public record RunProgress(
        long total,
        long published,
        long ingested,
        long trained,
        long toTrain,
        double prequentialAccuracy,
        @Nullable Double prequentialBits,
        int labels,
        int promotions) {

    String describe() {
        String learning = prequentialBits == null
                ? "prequential accuracy %.3f (last 1,000) | labels %d".formatted(prequentialAccuracy, labels)
                : "prequential bits per token %.3f (last 1,000)".formatted(prequentialBits);
        return "published %,d of %,d | ingested %,d | trained %,d of %,d | %s | promotions %d"
                .formatted(published, total, ingested, trained, toTrain, learning, promotions);
    }

    /** A few words beside a bar. */
    String describeBriefly() {
        return prequentialBits == null
                ? "prequential %.3f, %d labels, %d promotions".formatted(prequentialAccuracy, labels, promotions)
                : "%.3f bits per token, %d promotions".formatted(prequentialBits, promotions);
    }
}

package io.freshet.cli.console;

/**
 * Where a run stands.
 *
 * @param total records to be published in all
 * @param published records acknowledged
 * @param ingested records that ingest has dealt with
 * @param trained examples learned from
 * @param toTrain examples admitted for training so far
 * @param prequentialAccuracy over the last 1,000 examples before they were learned from, in [0, 1]
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
        int labels,
        int promotions) {

    String describe() {
        return "published %,d of %,d | ingested %,d | trained %,d of %,d | prequential accuracy %.3f (last 1,000) | labels %d | promotions %d"
                .formatted(published, total, ingested, trained, toTrain, prequentialAccuracy, labels, promotions);
    }
}

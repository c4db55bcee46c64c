package io.freshet.schemas;

/** The topics of one model, each prefixed with the model's name. */
public enum Topic {
    /** Labelled examples as producers send them. */
    EXAMPLES("examples"),
    /** Labels of examples that came or will come without one, and corrections. */
    LABELS("labels"),
    /** Admitted examples that wait for their label. */
    UNLABELLED("examples.unlabelled"),
    /** Admitted examples that are learned from. */
    TRAIN("examples.train"),
    /** Admitted examples that are only ever scored on. */
    HELD_OUT("examples.heldout"),
    /** Records that were not admitted, with their reason. */
    REJECTED("examples.rejected"),
    /** Salt and fraction of the held-out split (compacted). */
    SPLIT("split"),
    /** Manifests of checkpoints. */
    CHECKPOINTS("checkpoints"),
    /** Trials opened and closed. */
    TRIALS("trials"),
    /** Scores of held-out examples by checkpoint. */
    SCORES("scores"),
    /** Pairs of scores in the order in which statistics fold them. */
    PAIRS("pairs"),
    /** Where each trial stands and what was decided. */
    EVALUATIONS("evaluations"),
    /** The reigning champion (compacted). */
    CHAMPIONS("champions"),
    /** The course of training. */
    TRAINING_METRICS("training.metrics"),
    /** The champion's answers at event time. */
    PREDICTIONS("predictions"),
    /** What people tell the services. */
    CONTROL("control"),
    /** What the gate answered to people, and did beside its trials. */
    DECISIONS("decisions");

    private final String suffix;

    Topic(String suffix) {
        this.suffix = suffix;
    }

    /** Returns whether a topic on the cluster is this one of some model. */
    public boolean names(String topic) {
        return topic.endsWith("." + suffix);
    }

    /** Returns the topic's name on the cluster, for example {@code freshet.examples.train}. */
    public String of(String modelName) {
        return modelName + "." + suffix;
    }
}

package io.freshet.cli.stream;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.RejectedExample;
import io.freshet.schemas.SplitSettings;
import io.freshet.schemas.TrainingMetrics;
import io.freshet.schemas.Trial;

/** Told of every committed record of a model's topics, in order within a partition. */
public interface StreamListener {

    /** An example to be learned from was admitted. */
    default void admittedForTraining(int partition, long offset) {}

    /** An example that was admitted for training before gets another label. */
    default void corrected(int partition, long offset) {}

    /** An example was held out. */
    default void heldOut(int partition, long offset) {}

    default void rejected(RejectedExample rejected) {}

    default void checkpoint(CheckpointManifest manifest) {}

    default void trial(Trial trial) {}

    default void score(ExampleScore score) {}

    default void pair(Pair pair) {}

    default void command(ControlCommand command) {}

    default void decision(Decision decision) {}

    default void evaluation(Evaluation evaluation) {}

    default void champion(ChampionUpdate champion) {}

    default void split(SplitSettings split) {}

    default void metrics(TrainingMetrics metrics) {}
}

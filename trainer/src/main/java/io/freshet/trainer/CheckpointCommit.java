package io.freshet.trainer;

import io.freshet.schemas.CheckpointFile;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.trainer.checkpoint.Lineage;
import io.freshet.trainer.checkpoint.Manifests;
import io.freshet.trainer.checkpoint.Segment;
import io.freshet.trainer.learn.LearnerSnapshot;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;

/** Makes a manifest of files that are in the store and publishes it. */
final class CheckpointCommit {

    private final Manifests manifests;
    private final Publisher publisher;
    private final Consumer<byte[], byte[]> consumer;
    private final Time time;

    CheckpointCommit(Manifests manifests, Publisher publisher, Consumer<byte[], byte[]> consumer, Time time) {
        this.manifests = manifests;
        this.publisher = publisher;
        this.consumer = consumer;
        this.time = time;
    }

    CheckpointManifest genesis(LearnerSnapshot snapshot, Segment segment, List<CheckpointFile> files) {
        return publish(manifests.genesis(snapshot, segment, files, time.now()), segment);
    }

    CheckpointManifest publish(Lineage lineage, LearnerSnapshot snapshot, Segment segment, List<CheckpointFile> files) {
        return publish(manifests.next(lineage, snapshot, segment, files, time.now()), segment);
    }

    private CheckpointManifest publish(CheckpointManifest manifest, Segment segment) {
        publisher.publish(manifest, segment.rejections(), consumer.groupMetadata());
        return manifest;
    }
}

package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.stream.StreamView;
import io.freshet.local.foreign.ForeignProducer;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.Topic;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What programs in other languages publish is learned from. */
@Timeout(300)
class ProducersIT {

    private static final int EACH = 100;

    @TempDir
    Path directory;

    @Test
    void examplesFromPythonAndNodeAreLearnedFrom() throws Exception {
        try (LiveStack stack = LiveStack.start(directory, Map.of())) {
            publish(ForeignProducer.python(), stack);
            publish(ForeignProducer.node(), stack);

            StreamView view = stack.await("all examples to be in a checkpoint", seen -> {
                CheckpointManifest newest = seen.newestCheckpoint();
                return newest != null && newest.getTrained() + seen.heldOut() == 2 * EACH;
            });

            assertThat(view.rejected()).isEmpty();
            assertThat(view.admitted()).isBetween(EACH + 1L, 2L * EACH); // more than one of them alone could give
            assertThat(view.heldOut()).isPositive();
        }
    }

    private static void publish(ForeignProducer producer, LiveStack stack) {
        producer.publish(
                stack.cluster().bootstrapServers(),
                stack.cluster().registryUrl(),
                Topic.EXAMPLES.of("freshet"),
                "--generate",
                Integer.toString(EACH));
    }
}

package io.freshet.cli.stream;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.Decision;
import io.freshet.schemas.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the gate something and hears what it answers. Confined to one thread. */
public final class GateDialogue implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Heard heard = new Heard();
    private final StreamTail tail;

    /** What came since the dialogue was opened; of the champions the newest. */
    private static final class Heard implements StreamListener {
        private final Map<String, Decision> answers = new HashMap<>();
        private @Nullable ChampionUpdate champion;

        @Override
        public void champion(ChampionUpdate update) {
            champion = update;
        }

        @Override
        public void decision(Decision decision) {
            if (decision.getCommandId() != null && decision.getKind().startsWith("command.")) {
                answers.put(decision.getCommandId(), decision);
            }
        }
    }

    /**
     * Reads who reigns, and listens from now on.
     *
     * @throws IllegalStateException if the model has no topics
     */
    public GateDialogue(Cluster cluster) {
        this.cluster = cluster;
        this.tail = new StreamTail(cluster, cluster.registry(), EnumSet.of(Topic.CHAMPIONS, Topic.DECISIONS), heard);
        tail.skipToEnd(Set.of(Topic.DECISIONS), cluster.modelName());
        tail.readToEnd();
    }

    /** Returns the champion at the time this was opened, or the newest heard of since. */
    public Optional<ChampionUpdate> champion() {
        return Optional.ofNullable(heard.champion);
    }

    /**
     * Sends a command and waits for the gate's answer to it.
     *
     * @param command with an id that was never used
     * @return nothing if none came in time; the gate answers when it runs again
     * @throws IOException if the broker does not take the command
     */
    public Optional<Decision> ask(ControlCommand command, Duration longest) throws IOException {
        ControlTopic.send(cluster, command);
        long begin = System.nanoTime();
        while (!heard.answers.containsKey(command.getId()) && System.nanoTime() - begin < longest.toNanos()) {
            tail.poll(POLL);
        }
        return Optional.ofNullable(heard.answers.get(command.getId()));
    }

    @Override
    public void close() {
        tail.close();
    }
}

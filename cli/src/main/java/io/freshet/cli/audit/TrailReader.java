package io.freshet.cli.audit;

import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.StreamListener;
import io.freshet.cli.stream.StreamTail;
import io.freshet.schemas.Pair;
import io.freshet.schemas.SchemaRegistry;
import io.freshet.schemas.Topic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what is committed to the topics of a model. */
final class TrailReader {

    private final Cluster cluster;
    private final SchemaRegistry registry;

    TrailReader(Cluster cluster) {
        this.cluster = cluster;
        this.registry = cluster.registry();
    }

    /** Reads all but what there is one of for each example. */
    Trail trail() {
        Trail trail = new Trail();
        read(EnumSet.of(Topic.CHECKPOINTS, Topic.TRIALS, Topic.EVALUATIONS, Topic.CHAMPIONS, Topic.DECISIONS), trail);
        return trail;
    }

    /** Returns the pairs of some trials, by trial id, as they were recorded. */
    Map<String, List<Pair>> pairs(Set<String> trials) {
        Map<String, List<Pair>> pairs = new LinkedHashMap<>();
        trials.forEach(trial -> pairs.put(trial, new ArrayList<>()));
        read(EnumSet.of(Topic.PAIRS), new StreamListener() {
            @Override
            public void pair(Pair pair) {
                List<Pair> asked = pairs.get(pair.getTrial());
                if (asked != null) {
                    asked.add(pair);
                }
            }
        });
        return pairs;
    }

    /** Tells a listener of everything in some topics. */
    void read(Set<Topic> topics, StreamListener listener) {
        try (StreamTail tail = new StreamTail(cluster, registry, topics, listener)) {
            tail.readToEnd();
        }
    }
}

package io.freshet.trainer;

import io.freshet.model.Answer;
import io.freshet.model.TextInput;
import io.freshet.trainer.drift.DriftAlarm;
import io.freshet.trainer.learn.Learnable;
import io.freshet.trainer.learn.Learner;
import io.freshet.trainer.learn.LearnerSnapshot;
import io.freshet.trainer.learn.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Learns labelled texts as the trainer would, without Kafka: for judging models and settings. Confined to one thread;
 * owns its model.
 */
public final class OfflinePass implements AutoCloseable {

    /** The settings that a trainer must have and that mean nothing here. */
    private static final Map<String, String> NOWHERE =
            Map.of("bootstrap.servers", "none", "schema.registry.url", "none", "checkpoint.store", "file:///none");

    private final Learner learner;
    private final int atOnce;
    private final List<DriftAlarm> alarms = new ArrayList<>();
    private long made;

    /**
     * A labelled text.
     *
     * @param id names it; may be empty
     * @param text what is read
     * @param textPair second text of a pair task, or null
     * @param label what is to be said of it
     */
    public record Labelled(String id, String text, @Nullable String textPair, String label) {
        public Labelled(String text, String label) {
            this("", text, null, label);
        }
    }

    private OfflinePass(Learner learner, int atOnce) {
        this.learner = learner;
        this.atOnce = atOnce;
    }

    /**
     * Opens a model.
     *
     * @param model Hugging Face directory
     * @param settings of the trainer, over its defaults; none about Kafka are needed
     * @throws io.freshet.core.config.ConfigException naming every problem of the settings at once
     */
    public static OfflinePass start(Path model, Map<String, String> settings) {
        TrainerConfig config = config(settings);
        return new OfflinePass(
                Learner.start(model, config.modelOptions(), config.learner()),
                config.cutLimits().examples());
    }

    /**
     * Checks settings without a model.
     *
     * @throws io.freshet.core.config.ConfigException naming every problem of the settings at once
     */
    public static void check(Map<String, String> settings) {
        config(settings);
    }

    private static TrainerConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(NOWHERE);
        all.putAll(settings);
        return TrainerConfig.from(all);
    }

    /** Returns how many texts are cut at once: a stream given in pieces of so many is learned as it is in one piece. */
    public int atOnce() {
        return atOnce;
    }

    /** Returns the labels that the model knows now. */
    public List<String> labels() {
        return learner.labels();
    }

    /**
     * Learns from texts in their order.
     *
     * @return how many of them were predicted rightly before they were learned from
     */
    public long learn(List<Labelled> texts) {
        double before = right(learner.standing());
        for (int from = 0; from < texts.size(); from += atOnce) {
            List<Learnable> cut = learnable(texts.subList(from, Math.min(texts.size(), from + atOnce)));
            alarms.addAll(learner.learn(cut, 0).alarms());
        }
        return Math.round(right(learner.standing()) - before);
    }

    /** Returns the changes of the stream seen so far. */
    public List<DriftAlarm> alarms() {
        return List.copyOf(alarms);
    }

    /** Returns how many texts what would be published now answers rightly. */
    public long right(List<Labelled> texts) {
        List<Answer> answers = answers(texts);
        long right = 0;
        for (int i = 0; i < answers.size(); i++) {
            right += texts.get(i).label.equals(answers.get(i).label()) ? 1 : 0;
        }
        return right;
    }

    /** Returns what would be published now answers on texts, one answer a text; their labels are not looked at. */
    public List<Answer> answers(List<Labelled> texts) {
        return learner.answers(learnable(texts));
    }

    /** Writes what a checkpoint keeps beside the model into an existing directory. */
    public void writeState(Path directory) throws IOException {
        try (LearnerSnapshot snapshot = learner.snapshot()) {
            snapshot.writeTrainer(directory);
        }
    }

    private static double right(Standing standing) {
        return standing.accuracy() * standing.count();
    }

    private List<Learnable> learnable(List<Labelled> texts) {
        List<Learnable> batch = new ArrayList<>();
        for (Labelled text : texts) {
            TextInput input = new TextInput(text.text, text.textPair);
            String id = text.id.isEmpty() ? "text-" + made++ : text.id;
            batch.add(new Learnable(id, input, text.label, 1, learner.model().encode(input)));
        }
        return batch;
    }

    @Override
    public void close() {
        learner.close();
    }
}

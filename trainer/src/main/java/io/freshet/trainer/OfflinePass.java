package io.freshet.trainer;

import io.freshet.model.Answer;
import io.freshet.model.TextInput;
import io.freshet.trainer.learn.Learnable;
import io.freshet.trainer.learn.Learner;
import io.freshet.trainer.learn.Standing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns labelled texts as the trainer would, without Kafka: for judging models and settings. Confined to one thread;
 * owns its model.
 */
public final class OfflinePass implements AutoCloseable {

    private final Learner learner;
    private final int atOnce;
    private long made;

    /**
     * A labelled text.
     *
     * @param text what is read
     * @param label what is to be said of it
     */
    public record Labelled(String text, String label) {}

    private OfflinePass(Learner learner, int atOnce) {
        this.learner = learner;
        this.atOnce = atOnce;
    }

    /**
     * Opens a model.
     *
     * @param model Hugging Face directory
     * @param settings of the trainer, over its defaults; none about Kafka are needed
     */
    public static OfflinePass start(Path model, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(
                Map.of("bootstrap.servers", "none", "schema.registry.url", "none", "checkpoint.store", "file:///none"));
        all.putAll(settings);
        TrainerConfig config = TrainerConfig.from(all);
        return new OfflinePass(
                Learner.start(model, config.modelOptions(), config.learner()),
                config.cutLimits().examples());
    }

    /**
     * Learns from texts in their order.
     *
     * @return how many of them were predicted rightly before they were learned from
     */
    public long learn(List<Labelled> texts) {
        double before = right(learner.standing());
        for (int from = 0; from < texts.size(); from += atOnce) {
            learner.learn(learnable(texts.subList(from, Math.min(texts.size(), from + atOnce))), 0);
        }
        return Math.round(right(learner.standing()) - before);
    }

    /** Returns how many texts what would be published now answers rightly. */
    public long right(List<Labelled> texts) {
        List<Answer> answers = learner.answers(learnable(texts));
        long right = 0;
        for (int i = 0; i < answers.size(); i++) {
            right += texts.get(i).label.equals(answers.get(i).label()) ? 1 : 0;
        }
        return right;
    }

    private static double right(Standing standing) {
        return standing.accuracy() * standing.count();
    }

    private List<Learnable> learnable(List<Labelled> texts) {
        List<Learnable> batch = new ArrayList<>();
        for (Labelled text : texts) {
            TextInput input = TextInput.of(text.text);
            batch.add(new Learnable(
                    "text-" + made++, input, text.label, 1, learner.model().encode(input)));
        }
        return batch;
    }

    @Override
    public void close() {
        learner.close();
    }
}

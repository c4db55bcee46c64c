package io.freshet.trainer.learn;

import io.freshet.model.ModelOptions;
import io.freshet.model.discriminant.Blend;
import io.freshet.model.discriminant.FeatureMap;
import io.freshet.model.discriminant.FeaturePlan;
import io.freshet.model.discriminant.HeadFile;
import io.freshet.model.discriminant.LinearSoftmax;
import io.freshet.model.discriminant.StatisticsFile;
import io.freshet.model.discriminant.StreamingDiscriminant;
import io.freshet.trainer.learn.DiscriminantBeside.Made;
import io.freshet.trainer.learn.DiscriminantPlan.Head;
import java.io.IOException;
import java.nio.file.Path;

/** Makes discriminants, new or going on from a checkpoint. */
final class Discriminants {

    private final DiscriminantPlan plan;
    private final Head head;
    private final ModelOptions options;
    private final long seed;

    /** @param head not {@link Head#NONE} */
    Discriminants(DiscriminantPlan plan, Head head, ModelOptions options, long seed) {
        this.seed = seed;
        this.plan = plan;
        this.head = head;
        this.options = options;
    }

    /** Returns one that knows nothing yet, on the features of a model's body. */
    Made fresh(Path model) throws IOException {
        FrozenEncoder encoder = FrozenEncoder.of(model, options);
        try {
            FeaturePlan features = plan.features(head, encoder.width());
            return new Made(
                    encoder,
                    new FeatureMap(features),
                    new StreamingDiscriminant(features.width(), plan.prior()),
                    new LinearSoftmax(features.width(), plan.ensemble().linearRate()),
                    new Blend(plan.weights(head)),
                    new StreamMixture(plan.followsStream(head), StreamMixture.State.NEW),
                    new FeatureMemory(rehearsed(), seed),
                    new Corrigible(plan.corrections()),
                    plan.ensemble().rehearse().ratio());
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /**
     * Returns one that goes on from a checkpoint, or a new one if the checkpoint has none.
     *
     * @throws IOException if it cannot be read, or looks at other features than the plan says
     */
    Made restored(SavedFiles saved) throws IOException {
        if (!StatisticsFile.isIn(saved.trainer()) || !HeadFile.isIn(saved.model())) {
            return fresh(saved.model());
        }
        HeadFile.Content content = HeadFile.read(saved.model());
        FrozenEncoder encoder = FrozenEncoder.restored(saved.model(), options);
        try {
            FeaturePlan features = plan.features(head, encoder.width());
            if (!features.equals(content.plan())) {
                throw new IOException(
                        "%s has a discriminant of %s, but the settings ask for %s; go on with the settings it began with, or start anew"
                                .formatted(saved.model(), content.plan(), features));
            }
            return new Made(
                    encoder,
                    new FeatureMap(features),
                    StatisticsFile.read(saved.trainer(), plan.prior()),
                    LinearFile.read(saved.trainer(), content, plan.ensemble().linearRate()),
                    new Blend(plan.weights(head), content.blend()),
                    new StreamMixture(plan.followsStream(head), StreamMixture.State.read(saved.trainer())),
                    FeatureMemory.read(rehearsed(), seed, saved.trainer()),
                    Corrigible.read(plan.corrections(), saved.trainer(), saved.tokenizer()),
                    plan.ensemble().rehearse().ratio());
        } catch (IOException | RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /** Features are kept where a linear softmax rehearses them. */
    private int rehearsed() {
        return plan.weights(head).linear() > 0 ? plan.ensemble().rehearse().size() : 0;
    }
}

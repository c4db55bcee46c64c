package io.freshet.trainer.learn;

import io.freshet.model.Answer;
import io.freshet.model.EncodedText;
import io.freshet.model.StepResult;
import io.freshet.model.TextInput;
import io.freshet.model.discriminant.Blend;
import io.freshet.model.discriminant.ClassStatistics;
import io.freshet.model.discriminant.DiscriminantHead;
import io.freshet.model.discriminant.FeatureMap;
import io.freshet.model.discriminant.Features;
import io.freshet.model.discriminant.HeadFile;
import io.freshet.model.discriminant.LinearSoftmax;
import io.freshet.model.discriminant.Seen;
import io.freshet.model.discriminant.StatisticsFile;
import io.freshet.model.discriminant.StreamingDiscriminant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * A discriminant on features of the encoder as it was at the start, beside a transformer that learns by another strategy
 * or not at all, and a linear softmax on the same features. The statistics of the discriminant are sums over examples, so
 * that it forgets nothing; the linear softmax follows the stream example by example, and rehearses features that are kept;
 * all answer together, see {@link Blend}. Owns what it is made of.
 */
final class DiscriminantBeside implements LearningStrategy {

    private static final EncodedText NO_TEXT = () -> 1;

    private final LearningStrategy inner;
    private final FrozenEncoder encoder;
    private final FeatureMap map;
    private final StreamingDiscriminant discriminant;
    private final LinearSoftmax linear;
    private final Blend blend;
    private final StreamMixture stream;
    private final FeatureMemory rehearsal;
    private final Corrigible corrigible;
    private final int rehearsed;

    /** Features of the examples that were judged and not yet remembered; by identity, for ids may come twice. */
    private final IdentityHashMap<Learnable, Features> judged = new IdentityHashMap<>();

    private double lossOfJudged;

    /**
     * What a discriminant is made of.
     *
     * @param linear learns where the blend asks it
     * @param blend how much each head counts
     * @param stream of the answers that prequential figures judge
     * @param rehearsal what the linear softmax has learned from
     * @param rehearsed how many of these it learns from again for each new one
     */
    record Made(
            FrozenEncoder encoder,
            FeatureMap map,
            StreamingDiscriminant discriminant,
            LinearSoftmax linear,
            Blend blend,
            StreamMixture stream,
            FeatureMemory rehearsal,
            Corrigible corrigible,
            int rehearsed) {}

    /** @param inner how the transformer learns; not asked for steps where the discriminant answers alone */
    DiscriminantBeside(LearningStrategy inner, Made made) {
        this.inner = inner;
        this.encoder = made.encoder;
        this.map = made.map;
        this.discriminant = made.discriminant;
        this.linear = made.linear;
        this.blend = made.blend;
        this.stream = made.stream;
        this.rehearsal = made.rehearsal;
        this.corrigible = made.corrigible;
        this.rehearsed = made.rehearsed;
    }

    @Override
    public List<Answer> answer(List<Learnable> examples, ModelView model) {
        return answers(features(examples), said(inner, examples, model), head(model));
    }

    /**
     * Answers one example after the other; what learns by the example, the linear softmax and the weighing, does so in
     * between. Unlike {@link #answer} it follows the stream, see {@link StreamMixture}.
     */
    @Override
    public List<Answer> judge(List<Learnable> examples, ModelView model) {
        List<Features> features = features(examples);
        List<float[]> said = blend.asksTransformer()
                ? inner.judge(examples, model).stream()
                        .map(Answer::probabilities)
                        .toList()
                : silence(examples);
        DiscriminantHead head = head(model);
        List<Answer> answers = new ArrayList<>();
        double loss = 0;
        int known = linear.labels().size();
        for (int i = 0; i < examples.size(); i++) {
            if (linear.labels().size() > known) { // a label that came in this very batch can be answered from here on
                head = head(model);
                known = linear.labels().size();
            }
            Answer answer = judge(head, features.get(i), said.get(i), examples.get(i));
            loss -= StrictMath.log(answer.probabilityOf(label(examples.get(i))));
            judged.put(examples.get(i), features.get(i));
            answers.add(answer);
        }
        lossOfJudged = answers.isEmpty() ? 0 : loss / answers.size();
        return answers;
    }

    private Answer judge(DiscriminantHead head, Features features, float[] said, Learnable example) {
        String label = label(example);
        Blend.Evidence evidence = head.evidence(features, said);
        Answer answer = head.answer(evidence);
        int right = head.place(label);
        if (stream.on() && !head.labels().isEmpty()) {
            StreamMixture.Mixed mixed = stream.mix(head.labels(), head.parts(evidence));
            answer = new Answer(head.labels(), mixed.probabilities());
            if (right >= 0) {
                stream.learn(mixed, right);
            }
        }
        if (right >= 0) {
            head.weigh(evidence, right);
        }
        stream.count(label);
        if (blend.asksLinear() && example.weight() > 0) {
            linear.learn(features, label, example.weight());
        }
        return answer;
    }

    private List<float[]> said(LearningStrategy strategy, List<Learnable> examples, ModelView model) {
        return blend.asksTransformer()
                ? strategy.answer(examples, model).stream()
                        .map(Answer::probabilities)
                        .toList()
                : silence(examples);
    }

    private static List<float[]> silence(List<Learnable> examples) {
        return examples.stream().map(example -> new float[0]).toList();
    }

    private static List<Answer> answers(List<Features> features, List<float[]> said, DiscriminantHead head) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            answers.add(head.answer(features.get(i), said.get(i)));
        }
        return answers;
    }

    private DiscriminantHead head(ModelView model) {
        return new DiscriminantHead(model.labels(), discriminant.rows(), linear, blend);
    }

    private List<Features> features(List<Learnable> examples) {
        List<float[]> encoded =
                encoder.features(examples.stream().map(Learnable::encoded).toList());
        List<Features> features = new ArrayList<>();
        for (int i = 0; i < encoded.size(); i++) {
            features.add(map.of(examples.get(i).input(), encoded.get(i)));
        }
        return features;
    }

    /** Where the discriminant answers alone the transformer takes no step; the loss is then that of its last answers. */
    @Override
    public Update learn(List<Learnable> fresh, Step step) {
        if (blend.asksLinear()) {
            rehearsal
                    .draw(rehearsed * fresh.size())
                    .forEach(seen -> linear.learn(seen.features(), seen.label(), seen.weight()));
        }
        if (blend.asksTransformer()) {
            return inner.learn(fresh, step);
        }
        long tokens =
                fresh.stream().mapToLong(example -> example.encoded().length()).sum();
        return new Update(new StepResult(lossOfJudged, 0, tokens), 0);
    }

    @Override
    public void remember(List<Learnable> fresh, ModelView model) {
        List<Features> features = new ArrayList<>();
        for (Learnable example : fresh) {
            Features known = judged.get(example);
            features.add(known == null ? features(List.of(example)).get(0) : known);
        }
        judged.clear();
        List<Seen> batch = new ArrayList<>();
        for (int i = 0; i < fresh.size(); i++) {
            Learnable example = fresh.get(i);
            if (example.weight() > 0) {
                corrigible.put(example).ifPresent(earlier -> batch.add(unseen(earlier)));
                Seen seen = new Seen(label(example), features.get(i), example.weight());
                batch.add(seen);
                rehearsal.offer(example.id(), seen);
            }
        }
        if (!batch.isEmpty()) {
            discriminant.learn(batch);
        }
        inner.remember(fresh, model);
    }

    private Seen unseen(Learnable earlier) {
        return new Seen(label(earlier), features(List.of(earlier)).get(0), -earlier.weight());
    }

    @Override
    public void forget(String id) {
        rehearsal.forget(id);
        corrigible.remove(id).ifPresent(earlier -> discriminant.learn(List.of(unseen(earlier))));
        inner.forget(id);
    }

    /**
     * Of the discriminant: sums do not tell old examples from new, so that all examples of a label that {@code which} names
     * count {@code keepShare} from now on, those since the change too. The linear softmax learns faster from then on.
     */
    @Override
    public void forgetBefore(long before, double keepShare, Predicate<Learnable> which) {
        ToDoubleFunction<String> keep = label -> which.test(probe(label)) ? keepShare : 1;
        discriminant.fade(keep);
        corrigible.fade(keep);
        linear.fade(keepShare);
        rehearsal.forgetBefore(before, keepShare, label -> which.test(probe(label)));
        inner.forgetBefore(before, keepShare, which);
    }

    private static Learnable probe(String label) {
        return new Learnable("", TextInput.of(""), label, 1, NO_TEXT);
    }

    @Override
    public int remembered() {
        return inner.remembered();
    }

    @Override
    public long rememberedBytes() {
        return inner.rememberedBytes() + discriminant.bytes() + linear.bytes() + rehearsal.bytes();
    }

    @Override
    public Saved saved() {
        return new State(
                inner.saved(),
                encoder.files(),
                new HeadFile.Content(map.plan(), discriminant.rows(), linear.copy(), blend.weights(), blend.state()),
                discriminant.factored(),
                discriminant.since(),
                stream.state(),
                rehearsal.copy(),
                corrigible.file());
    }

    /** Everything at one moment: nothing of it changes any more. */
    private record State(
            Saved inner,
            SharedFolder encoder,
            HeadFile.Content head,
            ClassStatistics factored,
            List<List<Seen>> since,
            StreamMixture.State stream,
            FeatureMemory rehearsal,
            ReplayFile corrigible)
            implements Saved {

        @Override
        public void writeTrainer(Path directory) throws IOException {
            inner.writeTrainer(directory);
            StatisticsFile.write(directory, factored, since);
            LinearFile.write(directory, head.linear(), head.plan().width());
            stream.write(directory);
            rehearsal.write(directory);
            corrigible.write(directory, Corrigible.NAME);
        }

        @Override
        public void writeModel(Path directory) throws IOException {
            inner.writeModel(directory);
            HeadFile.write(directory, head);
            FrozenEncoder.write(encoder, directory);
        }

        @Override
        public void close() {
            inner.close();
            encoder.close();
        }
    }

    private static String label(Learnable example) {
        return Objects.requireNonNull(
                example.label(), () -> "example '%s' has no label to learn".formatted(example.id()));
    }

    @Override
    public void close() {
        inner.close();
        discriminant.close();
        encoder.close();
    }
}

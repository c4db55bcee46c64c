package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.discriminant.Blend;
import io.freshet.model.discriminant.DiscriminantHead;
import io.freshet.model.discriminant.FeatureMap;
import io.freshet.model.discriminant.FeaturePlan;
import io.freshet.model.discriminant.Features;
import io.freshet.model.discriminant.HeadFile;
import io.freshet.model.discriminant.LinearSoftmax;
import io.freshet.model.discriminant.Rows;
import io.freshet.model.discriminant.Seen;
import io.freshet.model.discriminant.StreamingDiscriminant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A discriminant's head in the directory of a model. */
class DiscriminantModelTest {

    private static final List<EncodedText> NONE = List.of();
    private static final Blend.Weights ALL = new Blend.Weights(0.5, 0.05, 1);

    @TempDir
    Path directory = Path.of("");

    private Path start = Path.of("");
    private Path model = Path.of("");

    @BeforeEach
    void initialise() throws IOException {
        start = TinyModels.initialise(directory.resolve("start"));
        model = directory.resolve("model");
        try (TrainableClassifier learner = Models.openTrainable(start, ModelOptions.DEFAULTS)) {
            TinyModels.addLabels(learner);
            try (ModelSnapshot snapshot = learner.snapshot()) {
                snapshot.writeModel(model);
            }
        }
    }

    /** Learns which of {@link TinyModels#TEXTS} has which label, and writes the head beside the transformer. */
    private HeadFile.Content writeHead(Blend.Weights weights) throws IOException {
        try (FeatureEncoder encoder = Models.openEncoder(start, ModelOptions.DEFAULTS)) {
            FeaturePlan plan = new FeaturePlan(FeaturePlan.Kind.LINEAR, encoder.width(), 1024, 64, 0);
            try (StreamingDiscriminant discriminant = new StreamingDiscriminant(plan.width(), 5)) {
                List<Seen> batch = new ArrayList<>();
                for (int i = 0; i < TinyModels.TEXTS.size(); i++) {
                    batch.add(new Seen("l" + i % 4, features(encoder, plan, i), 1)); // l3 is not the transformer's
                }
                discriminant.learn(batch);
                LinearSoftmax linear = new LinearSoftmax(plan.width(), 0.5);
                for (Seen seen : batch) {
                    linear.learn(seen.features(), seen.label(), 1);
                }
                HeadFile.Content content =
                        new HeadFile.Content(plan, discriminant.rows(), linear, weights, Blend.State.NEW);
                HeadFile.write(model, content);
                encoder.write(HeadFile.encoder(model));
                return content;
            }
        }
    }

    private static Features features(FeatureEncoder encoder, FeaturePlan plan, int text) {
        TextInput input = TextInput.of(TinyModels.TEXTS.get(text));
        return new FeatureMap(plan)
                .of(input, encoder.features(List.of(encoder.encode(input))).get(0));
    }

    @Test
    void aHeadAloneAnswersWhatItLearned() throws IOException {
        writeHead(Blend.Weights.DISCRIMINANT_ALONE);
        try (Classifier classifier = Models.open(model, ModelOptions.DEFAULTS)) {
            assertThat(classifier.labels()).containsExactly("l0", "l1", "l2", "l3");
            List<Answer> answers = classifier.classify(TinyModels.TEXTS.stream()
                    .map(TextInput::of)
                    .map(classifier::encode)
                    .toList());
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).label()).isEqualTo("l" + i % 4);
            }
            assertThat(classifier.classify(NONE)).isEmpty();
        }
    }

    @Test
    void allAnswerAsTheirPartsDoTogether() throws IOException {
        HeadFile.Content content = writeHead(ALL);
        try (Classifier served = Models.open(model, ModelOptions.DEFAULTS);
                FeatureEncoder encoder = Models.openEncoder(start, ModelOptions.DEFAULTS)) {
            Files.delete(model.resolve("discriminant/head.json"));
            try (Classifier transformer = Models.open(model, ModelOptions.DEFAULTS)) {
                TextInput input = TextInput.of(TinyModels.TEXTS.get(1));
                float[] said = transformer
                        .classify(List.of(transformer.encode(input)))
                        .get(0)
                        .probabilities();
                Answer expected = new DiscriminantHead(
                                transformer.labels(), content.rows(), content.linear(), new Blend(ALL))
                        .answer(features(encoder, content.plan(), 1), said);
                Answer found = served.classify(List.of(served.encode(input))).get(0);
                assertThat(found.probabilities()).containsExactly(expected.probabilities());
                assertThat(served.features(List.of(served.encode(input))).get(0))
                        .containsExactly(transformer
                                .features(List.of(transformer.encode(input)))
                                .get(0));
            }
        }
    }

    @Test
    void anEncoderWrittenAgainIsTheSameToTheLastBit() throws IOException {
        Path once = directory.resolve("once");
        Path twice = directory.resolve("twice");
        EncodedText text;
        float[] features;
        try (FeatureEncoder encoder = Models.openEncoder(model, ModelOptions.DEFAULTS)) {
            encoder.write(once);
            text = encoder.encode(TextInput.of("play some jazz"));
            features = encoder.features(List.of(text)).get(0);
        }
        try (FeatureEncoder encoder = Models.openEncoder(once, ModelOptions.DEFAULTS)) {
            encoder.write(twice);
            assertThat(encoder.features(List.of(text)).get(0)).containsExactly(features);
        }
        try (var files = Files.list(once)) {
            for (Path file : files.toList()) {
                assertThat(Files.mismatch(file, twice.resolve(file.getFileName())))
                        .as(file.toString())
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void whatLiesBesideDoesNotTouchTheTransformer() throws IOException {
        writeHead(ALL);
        try (TrainableClassifier learner = Models.openTrainable(model, ModelOptions.DEFAULTS)) {
            assertThat(learner.labels()).containsExactly("l0", "l1", "l2");
        }
    }

    @Test
    void saysWhatIsWrongWithAHead() throws IOException {
        writeHead(ALL);
        Path json = model.resolve("discriminant/head.json");
        String text = Files.readString(json);
        Files.writeString(json, text.replace("\"lexical\" : 64", "\"lexical\" : 63"));
        assertThatThrownBy(() -> Models.open(model, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("head.safetensors: tensor 'weight' has shape");
        Files.writeString(json, text.replace("\"format\" : 1", "\"format\" : 9"));
        assertThatThrownBy(() -> Models.open(model, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("format 9");
        Files.writeString(json, "{");
        assertThatThrownBy(() -> Models.open(model, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is not a discriminant's head");
    }

    @Test
    void refusesATextOfAnotherModel() throws IOException {
        writeHead(Blend.Weights.DISCRIMINANT_ALONE);
        try (Classifier classifier = Models.open(model, ModelOptions.DEFAULTS);
                Classifier other = Models.open(start, ModelOptions.DEFAULTS)) {
            EncodedText text = other.encode(TextInput.of("hello"));
            assertThatThrownBy(() -> classifier.classify(List.of(text)))
                    .hasMessageContaining("a text that this model did not encode");
        }
    }

    @Test
    void aHeadReadsBackAsItWas() throws IOException {
        HeadFile.Content written = writeHead(ALL);
        HeadFile.Content read = HeadFile.read(model);
        assertThat(read.plan()).isEqualTo(written.plan());
        assertThat(read.weights()).isEqualTo(ALL);
        assertThat(read.blend()).isEqualTo(written.blend());
        assertThat(read.linear().labels()).isEqualTo(written.linear().labels());
        assertThat(read.linear().weights()).containsExactly(written.linear().weights());
        Rows rows = read.rows();
        assertThat(rows.labels()).containsExactly("l0", "l1", "l2", "l3");
    }
}

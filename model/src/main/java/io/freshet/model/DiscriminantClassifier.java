package io.freshet.model;

import io.freshet.model.discriminant.Blend;
import io.freshet.model.discriminant.DiscriminantHead;
import io.freshet.model.discriminant.FeatureMap;
import io.freshet.model.discriminant.HeadFile;
import java.util.ArrayList;
import java.util.List;

/** A transformer with a discriminant beside it, whose features are those of an encoder of its own. Owns both. */
final class DiscriminantClassifier implements Classifier {

    private final Classifier transformer;
    private final FeatureEncoder encoder;
    private final FeatureMap map;
    private final DiscriminantHead head;

    /** A text for both: the encoder is what the transformer began as, so that they share its tokens. */
    private record Read(EncodedText tokens, TextInput input) implements EncodedText {
        @Override
        public int length() {
            return tokens.length();
        }
    }

    DiscriminantClassifier(Classifier transformer, FeatureEncoder encoder, HeadFile.Content content) {
        this.transformer = transformer;
        this.encoder = encoder;
        this.map = new FeatureMap(content.plan());
        this.head = new DiscriminantHead(
                transformer.labels(), content.rows(), content.linear(), new Blend(content.weights(), content.blend()));
    }

    @Override
    public Objective objective() {
        return transformer.objective();
    }

    @Override
    public EncodedText encode(TextInput input) {
        return new Read(transformer.encode(input), input);
    }

    @Override
    public List<String> labels() {
        return head.labels();
    }

    @Override
    public List<float[]> features(List<EncodedText> inputs) {
        return transformer.features(tokens(inputs));
    }

    @Override
    public List<Answer> classify(List<EncodedText> inputs) {
        List<EncodedText> tokens = tokens(inputs);
        List<float[]> features = encoder.features(tokens);
        List<Answer> said = head.asksTransformer() ? transformer.classify(tokens) : List.of();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            float[] probabilities = said.isEmpty() ? new float[0] : said.get(i).probabilities();
            answers.add(head.answer(map.of(read(inputs.get(i)).input, features.get(i)), probabilities));
        }
        return answers;
    }

    private static List<EncodedText> tokens(List<EncodedText> inputs) {
        return inputs.stream().map(input -> read(input).tokens).toList();
    }

    private static Read read(EncodedText input) {
        if (input instanceof Read read) {
            return read;
        }
        throw new IllegalArgumentException("a text that this model did not encode: " + input.getClass());
    }

    @Override
    public void close() {
        transformer.close();
        encoder.close();
    }
}

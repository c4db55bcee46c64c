package io.freshet.cli.probe;

import io.freshet.model.Classifier;
import io.freshet.model.EncodedText;
import io.freshet.model.ModelOptions;
import io.freshet.model.Models;
import io.freshet.model.TextInput;
import io.freshet.trainer.OfflinePass;
import io.freshet.trainer.OfflinePass.Labelled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Judges a model as a start for learning to classify texts.
 *
 * @param train texts to learn from
 * @param test texts to be judged on
 * @param settings of the trainer, over its defaults
 */
public record Probe(List<Labelled> train, List<Labelled> test, Map<String, String> settings) {

    /** Little, because there are a hundred examples a class and hundreds of features. */
    private static final double SHRINKAGE = 0.03;

    /**
     * What learning gave.
     *
     * @param prequential share of the first pass predicted rightly before it was learned from
     * @param lastQuarter the same over the last quarter of that pass
     * @param tested accuracy on the test texts after each pass
     */
    public record Learned(double prequential, double lastQuarter, List<Double> tested) {}

    public Probe {
        train = List.copyOf(train);
        test = List.copyOf(test);
        settings = Map.copyOf(settings);
        if (train.size() < 4 || test.isEmpty()) {
            throw new IllegalArgumentException(
                    "%d texts to learn from and %d to test with are too few".formatted(train.size(), test.size()));
        }
    }

    /** Returns the accuracy on the test texts of a linear discriminant over the model's features, which learn nothing. */
    public double discriminant(Path model) {
        try (Classifier classifier = Models.open(model, ModelOptions.DEFAULTS)) {
            Discriminant discriminant = Discriminant.fit(
                    features(classifier, train),
                    train.stream().map(Labelled::label).toList(),
                    SHRINKAGE);
            List<float[]> features = features(classifier, test);
            int right = 0;
            for (int i = 0; i < test.size(); i++) {
                right += discriminant
                                .classify(features.get(i))
                                .equals(test.get(i).label())
                        ? 1
                        : 0;
            }
            return (double) right / test.size();
        }
    }

    private static List<float[]> features(Classifier classifier, List<Labelled> texts) {
        List<EncodedText> encoded = texts.stream()
                .map(text -> classifier.encode(TextInput.of(text.text())))
                .toList();
        return classifier.features(encoded);
    }

    /**
     * Learns as the trainer does.
     *
     * @param order seed of the order of each pass
     * @param passes over the texts to learn from, at least 1
     */
    public Learned learn(Path model, long order, int passes) {
        List<Labelled> texts = new ArrayList<>(train);
        Random random = new Random(order);
        int lastQuarter = texts.size() / 4;
        try (OfflinePass pass = OfflinePass.start(model, settings)) {
            Collections.shuffle(texts, random);
            long early = pass.learn(texts.subList(0, texts.size() - lastQuarter));
            long late = pass.learn(texts.subList(texts.size() - lastQuarter, texts.size()));
            List<Double> tested = new ArrayList<>();
            tested.add((double) pass.right(test) / test.size());
            for (int i = 1; i < passes; i++) {
                Collections.shuffle(texts, random);
                pass.learn(texts);
                tested.add((double) pass.right(test) / test.size());
            }
            return new Learned((double) (early + late) / texts.size(), (double) late / lastQuarter, tested);
        }
    }
}

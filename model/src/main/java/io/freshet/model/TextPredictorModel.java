package io.freshet.model;

import io.freshet.model.text.Masking;
import io.freshet.model.text.TokenIds;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.LabelledBatch;
import io.freshet.model.torch.TokenBatch;
import io.freshet.model.torch.TorchModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loaded language model. */
class TextPredictorModel extends LoadedTextModel implements LanguageModel {

    private final @Nullable Masking masking;
    private final double maxBits;

    TextPredictorModel(TorchModel model, Tokenizer tokenizer, LoadedDirectory directory) {
        super(model, tokenizer, directory);
        masking = directory.objective() == Objective.MASKED_LM ? tokenizer.masking() : null;
        maxBits = StrictMath.log(directory.vocabulary()) / StrictMath.log(2);
    }

    TextPredictorModel(TextPredictorModel other, TorchModel model) {
        super(other, model);
        masking = other.masking;
        maxBits = other.maxBits;
    }

    @Override
    public double maxBits() {
        return maxBits;
    }

    @Override
    public List<TextScore> score(List<SeededText> texts) {
        List<Prediction> predictions = texts.stream()
                .map(text -> Prediction.of(tokens(text.text()), masking, text.seed()))
                .toList();
        List<TokenIds> tokens = texts.stream().map(text -> tokens(text.text())).toList();
        TextScore[] scores = new TextScore[texts.size()];
        Arrays.fill(scores, new TextScore(maxBits, 0));
        for (int[] places : Scoring.batches(tokens)) {
            score(places, predictions, scores);
        }
        return Arrays.asList(scores);
    }

    private void score(int[] places, List<Prediction> predictions, TextScore[] scores) {
        List<Prediction> batch = new ArrayList<>();
        List<Integer> at = new ArrayList<>();
        for (int place : places) {
            if (predictions.get(place).count() > 0) {
                batch.add(predictions.get(place));
                at.add(place);
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        float[] weights = new float[batch.size()];
        Arrays.fill(weights, 1);
        float[] nats = model().nats(labelled(batch, weights));
        int next = 0;
        for (int i = 0; i < batch.size(); i++) {
            int count = batch.get(i).count();
            double sum = 0;
            for (int token = 0; token < count; token++) {
                sum += nats[next++];
            }
            double bits = sum / count / StrictMath.log(2);
            // not a number is the worst there is: a broken model must not look good
            scores[at.get(i)] =
                    new TextScore(Double.isNaN(bits) ? maxBits : Math.min(maxBits, Math.max(0, bits)), count);
        }
    }

    final Prediction prediction(EncodedText text, long seed) {
        return Prediction.of(tokens(text), masking, seed);
    }

    final LabelledBatch labelled(List<Prediction> batch, float[] weights) {
        TokenBatch texts = TokenBatch.of(
                batch.stream().map(Prediction::ids).toList(),
                batch.stream().map(Prediction::types).toList(),
                padding());
        long[] labels = new long[texts.rows() * texts.width()];
        Arrays.fill(labels, LabelledBatch.NONE);
        for (int row = 0; row < batch.size(); row++) {
            int[] wanted = batch.get(row).labels();
            for (int i = 0; i < wanted.length; i++) {
                labels[row * texts.width() + i] = wanted[i];
            }
        }
        return LabelledBatch.tokens(texts, labels, weights, masking == null);
    }
}

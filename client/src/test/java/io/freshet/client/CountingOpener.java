package io.freshet.client;

import io.freshet.model.Answer;
import io.freshet.model.Classifier;
import io.freshet.model.EncodedText;
import io.freshet.model.ModelOptions;
import io.freshet.model.Objective;
import io.freshet.model.TextInput;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens real models and counts them; a model that is used after its end, which would read freed memory, says so. */
final class CountingOpener implements ModelOpener {

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    @Override
    public Classifier open(Path directory) {
        Classifier model = new ClassifierOpener(ModelOptions.DEFAULTS).open(directory);
        opened.incrementAndGet();
        return new Counted(model);
    }

    int stillOpen() {
        return opened.get() - closed.get();
    }

    private final class Counted implements Classifier {
        private final Classifier model;
        private volatile boolean ended;

        Counted(Classifier model) {
            this.model = model;
        }

        @Override
        public List<String> labels() {
            return model.labels();
        }

        @Override
        public EncodedText encode(TextInput input) {
            return model.encode(input);
        }

        @Override
        public Objective objective() {
            return model.objective();
        }

        @Override
        public List<float[]> features(List<EncodedText> inputs) {
            return model.features(inputs);
        }

        @Override
        public List<Answer> classify(List<EncodedText> inputs) {
            List<Answer> answers = model.classify(inputs);
            if (ended) {
                throw new AssertionError("a model was closed under a request");
            }
            return answers;
        }

        @Override
        public void close() {
            ended = true;
            closed.incrementAndGet();
            model.close();
        }
    }
}

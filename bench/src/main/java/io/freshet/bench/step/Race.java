package io.freshet.bench.step;

import io.freshet.bench.batch.Batches;
import io.freshet.bench.figures.Ratio;
import io.freshet.bench.input.LabelledText;
import io.freshet.model.ModelOptions;
import io.freshet.model.Precision;
import io.freshet.model.TrainingExample;
import io.freshet.model.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The contestants on one model: each runs in every round, in turns and in another order each time, so that what else the
 * machine does falls on all of them.
 */
final class Race {

    private static final List<Precision> PRECISIONS = List.of(Precision.FP32, Precision.BF16);
    private static final int MAX_TOKENS = 64;

    private final Subject subject;
    private final StepRequest request;
    private final Consumer<String> out;
    private final List<StepReport.Agreement> agreements = new ArrayList<>();
    private final List<Track> tracks = new ArrayList<>();

    Race(Subject subject, StepRequest request, Consumer<String> out) {
        this.subject = subject;
        this.request = request;
        this.out = out;
    }

    Comparison comparison() {
        return new Comparison(subject, tracks);
    }

    List<StepReport.Agreement> agreements() {
        return List.copyOf(agreements);
    }

    /**
     * Runs all rounds and says what came out.
     *
     * @param scratch where models and scripts go, each subject's in a directory of its own
     * @param versions takes the versions of what ran
     */
    void run(List<LabelledText> texts, Path scratch, Map<String, String> versions) throws IOException {
        ModelOptions options = new ModelOptions(MAX_TOKENS, StepRules.SEED, request.threads());
        List<String> words = texts.stream().map(LabelledText::text).toList();
        Path start = scratch.resolve(subject.name() + "-labelled");
        Examples examples = Examples.prepare(subject.directory(scratch, words), start, texts, options);
        out.accept("%n%s: %.1f tokens a text, %.0f us of tokenizer each"
                .formatted(
                        subject.name(),
                        examples.lengths().stream().mapToInt(n -> n).average().orElseThrow(),
                        1e6 * examples.tokenizer() / texts.size()));
        try (PythonProcess python = python(scratch)) {
            List<Contestant> contestants = new ArrayList<>();
            try {
                for (Precision precision : PRECISIONS) {
                    contestants.add(new Freshet(start, options.withPrecision(precision), request.clock()));
                }
                if (python != null) {
                    for (Precision precision : PRECISIONS) {
                        contestants.add(torch(python, start, examples, precision, versions));
                    }
                }
                agree(contestants, examples);
                rounds(contestants, examples);
            } finally {
                for (Contestant contestant : contestants) {
                    contestant.close();
                }
            }
        }
        tell();
    }

    private PyTorch torch(
            PythonProcess python, Path start, Examples examples, Precision precision, Map<String, String> versions)
            throws IOException {
        PyTorch torch = new PyTorch(python, start, examples.labels(), precision, Torch.threads(), request.clock());
        torch.versions()
                .properties()
                .forEach(entry -> versions.put(
                        "pytorch." + entry.getKey(), entry.getValue().asText()));
        return torch;
    }

    private @Nullable PythonProcess python(Path scratch) throws IOException {
        return request.python() == null
                ? null
                : new PythonProcess(request.python(), scratch.resolve(subject.name()), Torch.threads());
    }

    /** Compares what all make of the first examples before anything is learned. */
    private void agree(List<Contestant> contestants, Examples examples) throws IOException {
        List<TrainingExample> first = examples.examples()
                .subList(0, Math.min(request.batch(), examples.examples().size()));
        for (Contestant one : contestants) {
            for (Contestant other : contestants) {
                if (one instanceof Freshet && other instanceof PyTorch && one.precision() == other.precision()) {
                    StepReport.Agreement agreement = new StepReport.Agreement(
                            subject.name(), one.precision().key(), one.loss(first), other.loss(first));
                    agreements.add(agreement);
                    out.accept(agreement.line());
                }
            }
        }
    }

    private void rounds(List<Contestant> contestants, Examples examples) throws IOException {
        Batches arrival = Batches.inOrder(examples.lengths(), request.batch());
        Batches sorted = Batches.sorted(examples.lengths(), request.batch(), request.window());
        for (Contestant contestant : contestants) {
            tracks.add(new Track(contestant, examples, arrival, subject.batches()));
            tracks.add(new Track(contestant, examples, sorted, subject.batches()));
        }
        for (Track track : tracks) {
            track.warmUp();
        }
        for (int round = 0; round < request.rounds(); round++) {
            List<Track> order = new ArrayList<>(tracks);
            Collections.rotate(order, round);
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            for (Track track : order) {
                track.run(round);
            }
            out.accept("  round %d of %d".formatted(round + 1, request.rounds()));
        }
    }

    private void tell() {
        for (StepReport.Figures figures : comparison().figures()) {
            out.accept(figures.line());
        }
        comparison().ratios().stream().map(Ratio::line).forEach(out);
    }
}

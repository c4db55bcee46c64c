package io.freshet.cli.command;

import io.freshet.model.ModelShape;
import io.freshet.model.Precision;
import io.freshet.model.arch.PretrainingTask;
import io.freshet.model.pretrain.Budget;
import io.freshet.model.pretrain.PretrainingRequest;
import io.freshet.model.pretrain.PretrainingSettings;
import io.freshet.model.pretrain.RateCurve;
import io.freshet.model.tensor.StoredType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is pretrained, on what, how, and for how long. */
final class PretrainOptions {

    @Option(
            names = "--corpus",
            paramLabel = "FILE",
            arity = "1..*",
            required = true,
            description = "Plain text, one sentence or utterance a line, also with .gz or .xz; may be repeated.")
    List<Path> corpus = new ArrayList<>();

    @Option(
            names = "--dialogues",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Dialogues, one utterance a line and a blank line between two, for an objective with responses.")
    List<Path> dialogues = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the model is written.")
    Path out;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            defaultValue = "bert",
            description = "Architecture; bert is the one.")
    String family;

    @Option(
            names = "--objective",
            paramLabel = "NAME",
            defaultValue = "masked-lm",
            description = "masked-lm (if not said), masked-lm+responses or replaced-token-detection.")
    String objective;

    @Option(names = "--layers", paramLabel = "N", defaultValue = "2", description = "${DEFAULT-VALUE} if not said.")
    int layers;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            defaultValue = "128",
            description = "Width; ${DEFAULT-VALUE} if not said.")
    int hidden;

    @Option(names = "--heads", paramLabel = "N", description = "Attention heads; one for 64 of the width if not said.")
    @Nullable
    Integer heads;

    @Option(
            names = "--max-positions",
            paramLabel = "N",
            defaultValue = "128",
            description = "Longest text, tokens; ${DEFAULT-VALUE} if not said.")
    int positions;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            defaultValue = "0",
            description = "While pretraining, and in the model's configuration; ${DEFAULT-VALUE} if not said.")
    double dropout;

    @Option(
            names = "--vocab",
            paramLabel = "FILE",
            description = "vocab.txt to cut the word pieces from; bert-base-uncased's if not said.")
    @Nullable
    Path vocabulary;

    @Option(
            names = "--vocab-size",
            paramLabel = "N",
            defaultValue = "8000",
            description = "Most word pieces; ${DEFAULT-VALUE} if not said.")
    int pieces;

    @Option(names = "--minutes", paramLabel = "N", description = "Budget of time, without what prepares the text.")
    @Nullable
    Double minutes;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Budget of steps, instead of --minutes: can be repeated exactly.")
    @Nullable
    Long steps;

    @Option(
            names = "--batch-tokens",
            paramLabel = "N",
            defaultValue = "4096",
            description = "Tokens of text in a step; ${DEFAULT-VALUE} if not said.")
    int batchTokens;

    @Option(
            names = "--sequence-tokens",
            paramLabel = "N",
            defaultValue = "128",
            description = "Tokens of a sequence that texts are packed into; ${DEFAULT-VALUE} if not said.")
    int sequenceTokens;

    @Option(
            names = "--masked",
            paramLabel = "SHARE",
            defaultValue = "0.15",
            description = "Share of the tokens to be predicted; ${DEFAULT-VALUE} if not said.")
    double masked;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "256",
            description = "Utterances with a response in a step; ${DEFAULT-VALUE} if not said.")
    int pairs;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            defaultValue = "2e-3",
            description = "Highest rate, reached after --warm-up and falling to 0; ${DEFAULT-VALUE} if not said.")
    double rate;

    @Option(
            names = "--warm-up",
            paramLabel = "SHARE",
            defaultValue = "0.06",
            description = "Share of the budget in which the rate rises; ${DEFAULT-VALUE} if not said.")
    double warmUp;

    @Option(
            names = "--weight-decay",
            paramLabel = "RATE",
            defaultValue = "0.01",
            description = "${DEFAULT-VALUE} if not said.")
    double decay;

    @Option(names = "--seed", paramLabel = "SEED", defaultValue = "1", description = "${DEFAULT-VALUE} if not said.")
    long seed;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "fp32, bf16, or auto (if not said): bf16 where the hardware multiplies it.")
    String precision;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "cpu, cuda:N, or auto (if not said): the first CUDA device where there is one.")
    String device;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads of one operation; half of the processors if not said. One makes --steps exact.")
    int threads;

    @Option(
            names = "--dtype",
            paramLabel = "NAME",
            defaultValue = "float32",
            description = "How the weights are stored: float32 (if not said), bfloat16 or float16.")
    String dtype;

    @Option(
            names = "--license",
            paramLabel = "ID",
            defaultValue = "other",
            description = "Of the weights, for the model card, as the hub spells it; what the texts allow.")
    String license;

    /**
     * Puts them together.
     *
     * @throws ParameterException naming everything that is wrong
     */
    PretrainingRequest request(CommandLine line) {
        Problems problems = new Problems();
        if (!family.equals("bert")) {
            problems.add("--family %s cannot be pretrained; bert can".formatted(family));
        }
        Stream.of(corpus, dialogues, vocabulary == null ? List.<Path>of() : List.of(vocabulary))
                .flatMap(List::stream)
                .filter(file -> !Files.isReadable(file) || Files.isDirectory(file))
                .forEach(file -> problems.add("%s is not a file that can be read".formatted(file)));
        if (threads < 0) {
            problems.add("--threads %d is negative".formatted(threads));
        }
        PretrainingTask task = problems.of("--objective", () -> PretrainingTask.of(objective));
        if (task != null && task.needsDialogues() && dialogues.isEmpty()) {
            problems.add("--objective %s needs --dialogues".formatted(objective));
        }
        Budget budget = budget(problems);
        int size = heads == null ? Math.max(1, hidden / 64) : heads;
        ModelShape shape = problems.of(
                "--layers, --hidden, --heads, --max-positions, --dropout",
                () -> new ModelShape(layers, hidden, size, 4 * hidden, positions, dropout));
        PretrainingSettings.Batch batch = problems.of(
                "--batch-tokens, --sequence-tokens, --masked, --pairs",
                () -> new PretrainingSettings.Batch(batchTokens, sequenceTokens, masked, pairs));
        RateCurve curve = problems.of("--learning-rate, --warm-up", () -> new RateCurve(rate, warmUp));
        Precision computed = problems.of("--precision", () -> Precision.of(precision));
        StoredType type = problems.of("--dtype", () -> stored(dtype));
        if (task != null && budget != null && shape != null && batch != null && curve != null && computed != null) {
            PretrainingSettings settings = problems.of(
                    "--sequence-tokens, --vocab-size, --weight-decay",
                    () -> new PretrainingSettings(
                            task, shape, pieces, seed, budget, batch, curve, decay, 1, computed, threads, device));
            if (problems.none() && settings != null && type != null) {
                return new PretrainingRequest(corpus, dialogues, vocabulary, out, type, license, settings);
            }
        }
        throw new ParameterException(line, problems.text());
    }

    private @Nullable Budget budget(Problems problems) {
        if ((minutes == null) == (steps == null)) {
            problems.add("say either --minutes or --steps");
            return null;
        }
        if (steps != null) {
            long count = steps;
            return problems.of("--steps", () -> new Budget.Steps(count));
        }
        double time = minutes == null ? 0 : minutes;
        return problems.of("--minutes", () -> new Budget.Time(Duration.ofMillis((long) (time * 60_000))));
    }

    private static StoredType stored(String name) {
        return Arrays.stream(StoredType.values())
                .filter(type -> type.dtype().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is not one of %s"
                        .formatted(
                                name,
                                Arrays.stream(StoredType.values())
                                        .map(StoredType::dtype)
                                        .collect(Collectors.joining(", ")))));
    }

    /** What is wrong, everything at once. */
    private static final class Problems {
        private final List<String> found = new ArrayList<>();

        void add(String problem) {
            found.add(problem);
        }

        <T> @Nullable T of(String options, Supplier<T> value) {
            try {
                return value.get();
            } catch (IllegalArgumentException e) {
                found.add("%s: %s".formatted(options, e.getMessage()));
                return null;
            }
        }

        boolean none() {
            return found.isEmpty();
        }

        String text() {
            return String.join("; ", found);
        }
    }
}

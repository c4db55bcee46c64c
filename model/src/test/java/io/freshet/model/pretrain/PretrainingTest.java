package io.freshet.model.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.Classifier;
import io.freshet.model.EncodedText;
import io.freshet.model.LanguageModel;
import io.freshet.model.ModelException;
import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.Precision;
import io.freshet.model.TextInput;
import io.freshet.model.arch.PretrainingTask;
import io.freshet.model.tensor.StoredType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PretrainingTest {

    private static final ModelShape SHAPE = new ModelShape(2, 16, 2, 32, 32, 0.1);

    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource(PretrainingTask.class)
    void losesLessOnHeldOutTextTheLongerItLearns(PretrainingTask task) throws IOException {
        Watcher watcher = new Watcher(Long.MAX_VALUE);
        PretrainingReport report =
                run(request(temp.resolve("model"), task, 60, Precision.FP32, 1), watcher, /* secondsAStep= */ 31);
        double first = watcher.reports.get(0).heldOut().get(0);
        assertThat(report.finished()).isTrue();
        assertThat(report.steps()).isEqualTo(60);
        assertThat(watcher.reports).hasSize(60); // one every 30 seconds, and a step took 31
        assertThat(report.heldOut().get(0)).isLessThan(0.8 * first);
        assertThat(report.heldOut()).hasSize(task == PretrainingTask.MASKED_LM ? 1 : 3);
    }

    @Test
    void learnsInBfloat16AsInFloat32() throws IOException {
        double fp32 = heldOut(Precision.FP32);
        double bf16 = heldOut(Precision.BF16);
        assertThat(bf16).isNotEqualTo(fp32).isCloseTo(fp32, within(0.1));
    }

    private double heldOut(Precision precision) throws IOException {
        Path directory = temp.resolve(precision.key());
        return run(request(directory, PretrainingTask.RESPONSES, 20, precision, 1), new Watcher(Long.MAX_VALUE), 1)
                .heldOut()
                .get(0);
    }

    @ParameterizedTest
    @EnumSource(PretrainingTask.class)
    void goesOnAfterAStopToTheSameBytes(PretrainingTask task) throws IOException {
        Path whole = temp.resolve("whole");
        run(request(whole, task, 12, Precision.FP32, 1), new Watcher(Long.MAX_VALUE), 1);
        Path stopped = temp.resolve("stopped");
        PretrainingRequest request = request(stopped, task, 12, Precision.FP32, 1);
        PretrainingReport first = run(request, new Watcher(5), 1);
        assertThat(first.finished()).isFalse();
        assertThat(first.steps()).isEqualTo(5);
        assertThat(Pretraining.isUnfinished(stopped)).isTrue();
        assertThat(stopped.resolve("config.json")).doesNotExist();
        PretrainingReport second = run(request, new Watcher(Long.MAX_VALUE), 1);
        assertThat(second.finished()).isTrue();
        for (String file : List.of("model.safetensors", "config.json", "tokenizer.json", "vocab.txt", "README.md")) {
            assertThat(stopped.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        assertThat(stopped.resolve("unfinished")).doesNotExist();
    }

    @Test
    void goesOnFromTheLastCheckpointAfterACrash() throws IOException {
        Path whole = temp.resolve("whole");
        run(request(whole, PretrainingTask.MASKED_LM, 12, Precision.FP32, 1), new Watcher(Long.MAX_VALUE), 1);
        Path crashed = temp.resolve("crashed");
        PretrainingRequest request = request(crashed, PretrainingTask.MASKED_LM, 12, Precision.FP32, 1);
        Watcher crashing = new Watcher(Long.MAX_VALUE) {
            @Override
            public void progress(Progress progress) {
                if (progress.step() == 8) {
                    throw new IllegalStateException("crash");
                }
            }
        };
        assertThatThrownBy(() -> run(request, crashing, /* secondsAStep= */ 61)).hasMessage("crash");
        assertThat(Pretraining.isUnfinished(crashed))
                .isTrue(); // kept after three minutes, which is at step 3, and at step 6
        Watcher watcher = new Watcher(Long.MAX_VALUE);
        run(request, watcher, 61);
        assertThat(watcher.reports.get(0).step()).isEqualTo(7);
        assertThat(crashed.resolve("model.safetensors")).hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    }

    @Test
    void writesADirectoryThatOpensForEveryObjectiveOfItsFamily() throws IOException {
        Path directory = temp.resolve("model");
        run(request(directory, PretrainingTask.RESPONSES, 3, Precision.FP32, 1), new Watcher(Long.MAX_VALUE), 1);
        assertThat(Models.objective(directory)).isEqualTo(Objective.MASKED_LM);
        try (Classifier classifier = Models.open(directory, ModelOptions.DEFAULTS)) {
            EncodedText text = classifier.encode(TextInput.of("the cat sat"));
            assertThat(classifier.labels()).isEmpty();
            assertThat(classifier.features(List.of(text)).get(0)).hasSize(3 * 16);
        }
        try (LanguageModel model = Models.openLanguageModel(directory, Objective.MASKED_LM, ModelOptions.DEFAULTS)) {
            assertThat(model.maxBits()).isPositive();
        }
        assertThat(directory.resolve("README.md"))
                .content()
                .startsWith("---\nlicense: cc-by-sa-4.0\n")
                .contains("| objective | masked-lm+responses |", "| seed | 1 |", "| budget | 3 steps |")
                .contains("| corpus | corpus.txt (");
    }

    @Test
    void refusesToGoOnWithOtherSettingsAndNamesThemAll() throws IOException {
        Path directory = temp.resolve("model");
        run(request(directory, PretrainingTask.MASKED_LM, 12, Precision.FP32, 1), new Watcher(2), 1);
        PretrainingRequest other = request(directory, PretrainingTask.MASKED_LM, 13, Precision.FP32, 2);
        assertThatThrownBy(() -> run(other, new Watcher(Long.MAX_VALUE), 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("budget = 13 steps, but the run was started with 12 steps")
                .hasMessageContaining("seed = 2, but the run was started with 1");
    }

    @Test
    void refusesADirectoryWithAModel() throws IOException {
        Path directory = temp.resolve("model");
        PretrainingRequest request = request(directory, PretrainingTask.MASKED_LM, 1, Precision.FP32, 1);
        run(request, new Watcher(Long.MAX_VALUE), 1);
        assertThatThrownBy(() -> run(request, new Watcher(Long.MAX_VALUE), 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("holds a model already");
    }

    @Test
    void refusesACorpusOfWhichNothingCanBeHeldOut() throws IOException {
        Path corpus = Files.writeString(temp.resolve("short.txt"), "one sentence\n");
        PretrainingSettings settings = settings(PretrainingTask.MASKED_LM, 1, Precision.FP32, 1);
        PretrainingRequest request = new PretrainingRequest(
                List.of(corpus), List.of(), null, temp.resolve("model"), StoredType.FLOAT32, "other", settings);
        assertThatThrownBy(() -> run(request, new Watcher(Long.MAX_VALUE), 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("816 or more are needed"); // 51 sequences of 16 tokens
    }

    private PretrainingRequest request(Path directory, PretrainingTask task, long steps, Precision precision, long seed)
            throws IOException {
        return new PretrainingRequest(
                List.of(TinyText.corpus(temp)),
                List.of(TinyText.dialogues(temp)),
                null,
                directory,
                StoredType.BFLOAT16,
                "cc-by-sa-4.0",
                settings(task, steps, precision, seed));
    }

    private static PretrainingSettings settings(PretrainingTask task, long steps, Precision precision, long seed) {
        return new PretrainingSettings(
                task,
                SHAPE,
                2_100, // the bundled list's single characters are about 2,000
                seed,
                new Budget.Steps(steps),
                new PretrainingSettings.Batch(128, 16, 0.15, 8),
                new RateCurve(0.01, 0.1),
                0.01,
                1,
                precision,
                1,
                "cpu");
    }

    /** @param secondsAStep what the clock goes on by whenever it is asked */
    private static PretrainingReport run(PretrainingRequest request, Watcher watcher, long secondsAStep)
            throws IOException {
        long[] now = {0};
        return new Pretraining(request, watcher, () -> now[0] += secondsAStep * 1_000_000_000).run();
    }

    /** Notes the reports and stops after some steps. */
    private static class Watcher implements Pretraining.Watcher {
        final List<Progress> reports = new ArrayList<>();
        private final long steps;
        private long asked;

        Watcher(long steps) {
            this.steps = steps;
        }

        @Override
        public boolean stopRequested() {
            return asked++ >= steps;
        }

        @Override
        public void note(String what) {
            // said to people only
        }

        @Override
        public void progress(Progress progress) {
            reports.add(progress);
        }
    }
}

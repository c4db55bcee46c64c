package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.command.FreshetCommand;
import io.freshet.model.ModelOptions;
import io.freshet.model.ModelSnapshot;
import io.freshet.model.Models;
import io.freshet.model.TrainableClassifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A model from a hub, asked. */
@Timeout(120)
class PullIT {

    private static final List<String> FILES =
            List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "vocab.txt");

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aPulledModelAnswers() throws IOException {
        Path published = classifier(List.of("fruit", "water"));
        Files.writeString(published.resolve("pytorch_model.bin"), "a pickle");
        Path pulled = directory.resolve("pulled");
        try (LocalHub hub = new LocalHub(published)) {
            assertThat(pull(hub, LocalHub.ID, pulled)).isZero();
            assertThat(out.toString())
                    .contains("acme/tiny@main is commit " + LocalHub.COMMIT)
                    .contains("0 of them were there already", "loads as classification");
            for (String file : FILES) {
                assertThat(pulled.resolve(file)).hasSameBinaryContentAs(published.resolve(file));
            }
            assertThat(pulled.resolve("pytorch_model.bin")).doesNotExist();

            assertThat(pull(hub, LocalHub.ID, pulled)).isZero();
            assertThat(out.toString()).contains("%d of them were there already".formatted(FILES.size()));
        }
        assertThat(execute("classify", "--model", pulled.toString(), "--text", "the apple"))
                .isZero();
        assertThat(out.toString()).containsPattern("(?m)^(fruit|water)\t0[.,]\\d{4}\t.*\tthe apple$");
    }

    @Test
    void aModelThatIsNotThereIsNotWritten() throws IOException {
        Path pulled = directory.resolve("pulled");
        try (LocalHub hub = new LocalHub(directory)) {
            assertThat(pull(hub, "acme/other", pulled)).isEqualTo(70);
            assertThat(err.toString()).startsWith("freshet: " + hub.endpoint() + " has no model acme/other (404)");
        }
        assertThat(pulled).doesNotExist();
    }

    private Path classifier(List<String> labels) throws IOException {
        Path target = directory.resolve("published");
        try (TrainableClassifier model = Models.openTrainable(TinyStream.model(directory), ModelOptions.DEFAULTS)) {
            labels.forEach(label -> model.addLabel(label, 7));
            try (ModelSnapshot snapshot = model.snapshot()) {
                snapshot.writeModel(target);
            }
        }
        return target;
    }

    private int pull(LocalHub hub, String model, Path target) {
        return execute("pull", model, "--endpoint", hub.endpoint().toString(), "--out", target.toString());
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = FreshetCommand.line();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}

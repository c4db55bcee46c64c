package io.freshet.model.pretrain;

import io.freshet.model.arch.PretrainingProgram;
import io.freshet.model.config.ModelConfig;
import io.freshet.model.tensor.DurableFile;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.WeightFiles;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.TorchCopy;
import io.freshet.model.torch.TorchPretrainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes what a run came to as a directory that transformers loads: a masked language model, whose body other tasks take.
 * Its configuration is written last; then what was kept of the unfinished run is removed.
 *
 * @param request what was asked for
 * @param unfinished where the unfinished run is kept
 */
record FinishedModel(PretrainingRequest request, Path unfinished) {

    void write(TorchPretrainer trainer, PretrainingReport report) throws IOException {
        Path directory = request.directory();
        for (String name : List.of(Tokenizer.FILE, "tokenizer_config.json", "vocab.txt")) {
            DurableFile.write(directory.resolve(name), Files.readAllBytes(unfinished.resolve(name)));
        }
        try (TorchCopy copy = trainer.copy()) {
            List<HostTensor> kept = copy.weights().stream()
                    .filter(weight -> !weight.name().startsWith(PretrainingProgram.DISCARDED))
                    .toList();
            SafeTensorsWriter.write(
                    directory.resolve(WeightFiles.SINGLE), kept, Map.of("format", "pt"), request.type());
        }
        text("README.md", ModelCard.of(request, report));
        text(
                ModelConfig.FILE,
                ModelConfig.read(unfinished).storedAs(request.type().dtype()).toJson());
        remove(unfinished);
    }

    private void text(String name, String content) throws IOException {
        DurableFile.write(request.directory().resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    /** Removes a directory of files. */
    private static void remove(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}

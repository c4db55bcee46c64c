package io.freshet.model.pretrain;

import io.freshet.model.tensor.StoredType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be pretrained on what.
 *
 * @param corpus files of plain text, see {@link Corpus}; at least one
 * @param dialogues files of utterances, consecutive lines answering each other; at least one where the task matches
 *     responses
 * @param vocabulary word pieces to cut to the corpus, or null for the bundled ones
 * @param directory where the model is written, and an unfinished run kept
 * @param type how the finished weights are stored
 * @param license of the finished weights, for the card; an identifier of the Hugging Face hub
 * @param settings how
 */
public record PretrainingRequest(
        List<Path> corpus,
        List<Path> dialogues,
        @Nullable Path vocabulary,
        Path directory,
        StoredType type,
        String license,
        PretrainingSettings settings) {

    public PretrainingRequest {
        corpus = List.copyOf(corpus);
        dialogues = List.copyOf(dialogues);
        if (corpus.isEmpty()) {
            throw new IllegalArgumentException("no corpus; name at least one file of text");
        }
        if (settings.task().needsDialogues() && dialogues.isEmpty()) {
            throw new IllegalArgumentException("the objective %s needs dialogues; name at least one file of them"
                    .formatted(settings.task().key()));
        }
    }

    /** Returns everything that the weights depend on. */
    Map<String, String> described() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("corpus", files(corpus));
        if (settings.task().needsDialogues()) {
            all.put("dialogues", files(dialogues));
        }
        all.put("vocab", vocabulary == null ? "bert-base-uncased" : files(List.of(vocabulary)));
        all.putAll(settings.described());
        return all;
    }

    private static String files(List<Path> files) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append("%s (%d bytes)".formatted(file.getFileName(), Files.size(file)));
        }
        return text.toString();
    }
}

package io.freshet.model;

import io.freshet.model.text.TokenIds;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.text.Transcript;
import io.freshet.model.torch.Continuation;
import io.freshet.model.torch.TorchModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A causal language model that writes. It reads a text once: what it has read stays in native memory until the text is
 * done. Safe for use from several threads.
 */
public final class TextGenerator implements AutoCloseable {

    private final TorchModel model;
    private final Tokenizer tokenizer;
    private final int maxPositions;
    private final List<Integer> begin;
    private final List<Integer> end;

    TextGenerator(TorchModel model, Tokenizer tokenizer, LoadedDirectory directory) {
        this.model = model;
        this.tokenizer = tokenizer;
        maxPositions = directory.maxPositions();
        begin = directory.beginOfText();
        end = directory.endOfText();
    }

    /**
     * Writes on after a prompt, until the model ends the text or it is long enough.
     *
     * @param prompt may be empty where the model has a token that begins a text
     * @param maxTokens most tokens to write, at least 1
     * @param reader is given the text as it comes, in order, in pieces of whole characters
     * @throws ModelException if the prompt leaves no position free
     */
    public GeneratedText generate(String prompt, Sampling sampling, int maxTokens, Consumer<String> reader) {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens %d is below 1".formatted(maxTokens));
        }
        int[] read = encode(prompt);
        Transcript transcript =
                new Transcript(tokenizer, Arrays.stream(read).boxed().toList());
        Sampler sampler = new Sampler(sampling);
        List<Integer> ids = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        GeneratedText.End why = GeneratedText.End.MAX_TOKENS;
        int positions = read.length;
        try (Continuation continuation = model.begin()) {
            while (ids.size() < maxTokens) {
                if (positions > maxPositions) {
                    why = GeneratedText.End.MAX_POSITIONS;
                    break;
                }
                int id = sampler.choose(continuation.read(read));
                if (end.contains(id)) {
                    why = GeneratedText.End.END_OF_TEXT;
                    break;
                }
                ids.add(id);
                give(transcript.add(id), text, reader);
                read = new int[] {id};
                positions++;
            }
        }
        give(transcript.rest(), text, reader);
        return new GeneratedText(text.toString(), ids, why);
    }

    private static void give(String piece, StringBuilder text, Consumer<String> reader) {
        if (!piece.isEmpty()) {
            text.append(piece);
            reader.accept(piece);
        }
    }

    private int[] encode(String prompt) {
        if (prompt.isEmpty()) {
            if (begin.isEmpty()) {
                throw new ModelException("the prompt is empty, and config.json names no bos_token_id to begin with");
            }
            return new int[] {begin.get(0)};
        }
        TokenIds tokens = tokenizer.encode(TextInput.of(prompt));
        if (tokens.length() >= maxPositions) { // the tokenizer cuts there
            throw new ModelException("the prompt has %d tokens or more, but the model has %d positions in all"
                    .formatted(tokens.length(), maxPositions));
        }
        return tokens.ids();
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}

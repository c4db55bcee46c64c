package io.freshet.model.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.freshet.model.ModelException;
import io.freshet.model.TextInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Tokenises as a {@code tokenizer.json} says. Safe for several threads; owns native memory. */
public final class Tokenizer implements AutoCloseable {

    public static final String FILE = "tokenizer.json";

    private final HuggingFaceTokenizer tokenizer;
    private final int vocabulary;

    private Tokenizer(HuggingFaceTokenizer tokenizer, int vocabulary) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
    }

    /**
     * Opens a directory's tokenizer.
     *
     * @param maxTokens longest text, special tokens included; what the file says about truncation and padding is ignored
     * @param vocabulary rows of the model's embedding
     * @throws ModelException if the file is missing or is not a tokenizer
     */
    public static Tokenizer open(Path directory, int maxTokens, int vocabulary) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ModelException(
                    "%s is missing; save the tokenizer with transformers' fast tokenizer, which writes it"
                            .formatted(file));
        }
        return parse(file.toString(), Files.readAllBytes(file), maxTokens, vocabulary);
    }

    static Tokenizer parse(String name, byte[] json, int maxTokens, int vocabulary) throws IOException {
        Map<String, String> options = Map.of(
                "addSpecialTokens", "true",
                "truncation", "true",
                "padding", "false",
                "maxLength", Integer.toString(maxTokens),
                "modelMaxLength", Integer.toString(maxTokens));
        try {
            return new Tokenizer(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options), vocabulary);
        } catch (RuntimeException e) {
            throw new ModelException("%s is not a tokenizer: %s".formatted(name, e.getMessage()), e);
        }
    }

    /**
     * Tokenises a text or a pair.
     *
     * @throws ModelException if the tokenizer gives an id that the model has no embedding for
     */
    public TokenIds encode(TextInput input) {
        Encoding encoding = input.textPair() == null
                ? tokenizer.encode(input.text(), true, false)
                : tokenizer.encode(input.text(), input.textPair(), true, false);
        int[] ids = narrow(encoding.getIds());
        for (int id : ids) {
            if (id >= vocabulary) {
                throw new ModelException(
                        "tokenizer.json gives token id %d but config.json says vocab_size = %d; they are of different models"
                                .formatted(id, vocabulary));
            }
        }
        return new TokenIds(ids, narrow(encoding.getTypeIds()));
    }

    /** Returns the word pieces of a text without special tokens. */
    String[] pieces(String text) {
        return tokenizer.encode(text, false, false).getTokens();
    }

    private static int[] narrow(long[] values) {
        int[] narrow = new int[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = Math.toIntExact(values[i]);
        }
        return narrow;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

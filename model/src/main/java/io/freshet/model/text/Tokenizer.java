package io.freshet.model.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.model.ModelException;
import io.freshet.model.TextInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tokenises as a {@code tokenizer.json} says. Safe for several threads; owns native memory. */
public final class Tokenizer implements AutoCloseable {

    public static final String FILE = "tokenizer.json";

    private static final JsonMapper JSON = new JsonMapper();

    private final HuggingFaceTokenizer tokenizer;
    private final int vocabulary;
    private final int mask;

    private Tokenizer(HuggingFaceTokenizer tokenizer, int vocabulary, int mask) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        this.mask = mask;
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
            return new Tokenizer(
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options), vocabulary, mask(json));
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
        long[] marks = encoding.getSpecialTokenMask();
        boolean[] special = new boolean[marks.length];
        for (int i = 0; i < special.length; i++) {
            special[i] = marks[i] != 0;
        }
        return new TokenIds(ids, narrow(encoding.getTypeIds()), special);
    }

    private static int mask(byte[] json) throws IOException {
        for (JsonNode token : JSON.readTree(json).path("added_tokens")) {
            String content = token.path("content").asText();
            if (content.equals("[MASK]") || content.equals("<mask>")) {
                return token.path("id").asInt(-1);
            }
        }
        return -1;
    }

    /**
     * Returns what hides tokens from a masked language model.
     *
     * @throws ModelException if the tokenizer has no mask token
     */
    public Masking masking() {
        if (mask < 0 || mask >= vocabulary) {
            throw new ModelException(
                    "%s has no token [MASK] or <mask>; a masked language model needs one".formatted(FILE));
        }
        return new Masking(mask, vocabulary);
    }

    /** Returns the text of token ids, special tokens left out. */
    String decode(List<Integer> ids) {
        return tokenizer.decode(ids.stream().mapToLong(Integer::longValue).toArray(), true);
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

package io.freshet.model.pretrain;

import io.freshet.model.TextInput;
import io.freshet.model.text.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tokenises corpora on all processors, in order. */
final class Texts {

    /** Lines tokenised at once: enough to keep all processors busy, small beside the corpus. */
    private static final int LINES = 8192;

    private static final String BOUNDARY = "";

    private Texts() {}

    /** Receives the token ids of a corpus. */
    interface Visitor {
        /** Takes a text's ids, special tokens included. */
        void text(int[] ids);

        /** Notes that a document ended. */
        void boundary();
    }

    /** Reads a corpus. */
    static void read(Corpus corpus, Tokenizer tokenizer, Visitor visitor) throws IOException {
        List<String> lines = new ArrayList<>();
        corpus.read(new Corpus.Visitor() {
            @Override
            public void line(String text) {
                add(text);
            }

            @Override
            public void boundary() {
                add(BOUNDARY);
            }

            private void add(String line) {
                lines.add(line);
                if (lines.size() == LINES) {
                    flush(lines, tokenizer, visitor);
                }
            }
        });
        flush(lines, tokenizer, visitor);
    }

    private static void flush(List<String> lines, Tokenizer tokenizer, Visitor visitor) {
        List<int[]> ids = lines.parallelStream()
                .map(line -> line.isEmpty()
                        ? new int[0]
                        : tokenizer.encode(TextInput.of(line)).ids())
                .toList();
        for (int[] text : ids) {
            if (text.length == 0) {
                visitor.boundary();
            } else {
                visitor.text(text);
            }
        }
        lines.clear();
    }

    /** Returns all texts one after the other, each with its end token but without what begins it. */
    static TokenStream stream(Corpus corpus, Tokenizer tokenizer) throws IOException {
        TokenStream tokens = new TokenStream();
        read(corpus, tokenizer, new Visitor() {
            @Override
            public void text(int[] ids) {
                tokens.add(ids, 1, ids.length);
            }

            @Override
            public void boundary() {
                // the texts are apart already
            }
        });
        return tokens;
    }
}

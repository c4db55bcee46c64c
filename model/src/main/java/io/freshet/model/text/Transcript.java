package io.freshet.model.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns tokens into text as they come. A character can take several tokens, and what a token means can depend on the one
 * before it: text is given out when the character that ends it is whole.
 */
public final class Transcript {

    /** What a decoder puts in the place of a character that is not whole. */
    private static final String BROKEN = "\uFFFD";

    private final Tokenizer tokenizer;
    private final List<Integer> ids;
    private int context;
    private int given;

    /** @param prompt what precedes the text; it is not given out */
    public Transcript(Tokenizer tokenizer, List<Integer> prompt) {
        this.tokenizer = tokenizer;
        ids = new ArrayList<>(prompt);
        given = ids.size();
    }

    /** Adds a token and returns the text that it completes, often of the token alone; may be empty. */
    public String add(int id) {
        ids.add(id);
        String text = pending();
        if (text.isEmpty() || text.endsWith(BROKEN)) {
            return "";
        }
        context = given;
        given = ids.size();
        return text;
    }

    /** Returns the text of tokens that complete nothing, when no more will come. */
    public String rest() {
        return pending();
    }

    private String pending() {
        String before = tokenizer.decode(ids.subList(context, given));
        String all = tokenizer.decode(ids.subList(context, ids.size()));
        return all.substring(Math.min(before.length(), all.length()));
    }
}

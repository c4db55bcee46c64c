package io.freshet.model.discriminant;

import io.freshet.model.TextInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text says word by word: its words, pairs of neighbours and beginnings of words, each hashed to signed places
 * (Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009). The vector's length is 1.
 *
 * @param width number of places, at least 1
 */
record LexicalMap(int width) {

    private static final int COPIES = 2;
    private static final int PREFIX = 4;
    private static final Pattern WORD = Pattern.compile("\\w+|[^\\w\\s]", Pattern.UNICODE_CHARACTER_CLASS);
    private static final String BEGIN = "\u0002";
    private static final String END = "\u0003";

    LexicalMap {
        if (width < 1) {
            throw new IllegalArgumentException("width %d is below 1".formatted(width));
        }
    }

    /** Returns the features of a text after a dense part. */
    Features behind(float[] dense, TextInput input) {
        TreeMap<Integer, Float> sums = new TreeMap<>();
        add(input.text(), sums);
        String pair = input.textPair();
        if (pair != null) {
            add(pair, sums);
        }
        sums.values().removeIf(value -> value == 0);
        double squares = 0;
        for (float value : sums.values()) {
            squares += value * value;
        }
        double norm = Math.sqrt(squares);
        int[] at = new int[sums.size()];
        float[] values = new float[at.length];
        int next = 0;
        for (var entry : sums.entrySet()) {
            at[next] = dense.length + entry.getKey();
            values[next++] = (float) (entry.getValue() / norm);
        }
        return new Features(dense, at, values);
    }

    private void add(String text, TreeMap<Integer, Float> sums) {
        String before = BEGIN;
        for (String word : words(text)) {
            place(Hash.of('w', word, ""), sums);
            place(Hash.of('p', word.substring(0, Math.min(PREFIX, word.length())), ""), sums);
            place(Hash.of('b', before, word), sums);
            before = word;
        }
        place(Hash.of('b', before, END), sums);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    private void place(long hash, TreeMap<Integer, Float> sums) {
        for (int copy = 0; copy < COPIES; copy++) {
            long number = Hash.mix(hash, copy);
            sums.merge(Hash.place(number, width), Hash.sign(number), Float::sum);
        }
    }
}

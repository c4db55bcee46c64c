package io.freshet.model.torch;

import java.util.Arrays;
import java.util.List;

/** Token ids of several texts, padded to one length: what a program reads. Immutable once made. */
public final class TokenBatch {

    private final int rows;
    private final int width;
    private final long[] ids;
    private final long[] types;
    private final boolean[] present;

    private TokenBatch(int rows, int width, long padding) {
        this.rows = rows;
        this.width = width;
        this.ids = new long[rows * width];
        this.types = new long[rows * width];
        this.present = new boolean[rows * width];
        Arrays.fill(ids, padding);
    }

    /**
     * Pads texts to one length.
     *
     * @param ids token ids of each text, each at least one
     * @param types token types of each text, as many as its ids
     */
    public static TokenBatch of(List<int[]> ids, List<int[]> types, Padding padding) {
        int longest = ids.stream().mapToInt(row -> row.length).max().orElseThrow();
        int width = padding.width(longest);
        TokenBatch batch = new TokenBatch(ids.size(), width, padding.id());
        for (int row = 0; row < batch.rows; row++) {
            for (int i = 0; i < ids.get(row).length; i++) {
                int at = row * width + i;
                batch.ids[at] = ids.get(row)[i];
                batch.types[at] = types.get(row)[i];
                batch.present[at] = true;
            }
        }
        return batch;
    }

    public int rows() {
        return rows;
    }

    /** Returns the length that every text is padded to. */
    public int width() {
        return width;
    }

    /** Returns the number of tokens that are not padding. */
    public long tokens() {
        long count = 0;
        for (boolean token : present) {
            count += token ? 1 : 0;
        }
        return count;
    }

    /** Returns the ids, one text after the other; not a copy. */
    public long[] ids() {
        return ids;
    }

    long[] types() {
        return types;
    }

    boolean[] present() {
        return present;
    }
}

package io.freshet.model.pretrain;

import io.freshet.model.torch.IdTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hides tokens of sequences (Devlin et al., 2019, section 3.1): of those chosen, 80 % become {@code [MASK]}, 10 % another
 * token, 10 % stay.
 *
 * @param vocabulary the word pieces
 * @param share of the tokens of each sequence that are chosen, in (0, 1)
 * @param always whether every chosen token becomes {@code [MASK]}
 */
record Masking(Vocabulary vocabulary, double share, boolean always) {

    /**
     * A batch of sequences, one after the other, with tokens hidden.
     *
     * @param ids with masks
     * @param places of the chosen tokens
     * @param targets what stood there
     * @param whole without masks
     * @param length tokens of a sequence
     */
    @SuppressWarnings("ArrayRecordComponent") // handed to the engine as they are, never compared
    record Masked(long[] ids, long[] places, long[] targets, long[] whole, int length) {

        /** Returns ids, places and targets as {@link io.freshet.model.arch.PretrainingProgram} takes them. */
        List<IdTensor> inputs() {
            return List.of(
                    IdTensor.of(ids, ids.length / length, length),
                    IdTensor.of(places, places.length),
                    IdTensor.of(targets, targets.length));
        }

        /** Returns the ids without masks. */
        IdTensor original() {
            return IdTensor.of(whole, whole.length / length, length);
        }
    }

    /**
     * Masks a batch: in each sequence the same number of tokens if it has as many, never a special one.
     *
     * @param sequences all of one length, at least one
     */
    Masked of(List<int[]> sequences, Numbers numbers) {
        int length = sequences.get(0).length;
        long[] whole =
                sequences.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
        long[] masked = whole.clone();
        List<Integer> places = new ArrayList<>();
        int most = Math.max(1, (int) Math.round(share * (length - 1)));
        for (int row = 0; row < sequences.size(); row++) {
            int[] candidates = candidates(sequences.get(row));
            for (int i = 0; i < Math.min(most, candidates.length); i++) {
                int other = i + numbers.below(candidates.length - i);
                int place = row * length + candidates[other];
                candidates[other] = candidates[i];
                places.add(place);
                masked[place] = replacement((int) whole[place], numbers);
            }
        }
        long[] at = places.stream().mapToLong(Integer::longValue).toArray();
        long[] targets = places.stream().mapToLong(place -> whole[place]).toArray();
        return new Masked(masked, at, targets, whole, length);
    }

    private int[] candidates(int[] ids) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            if (!vocabulary.isSpecial(ids[i])) {
                found.add(i);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private int replacement(int id, Numbers numbers) {
        if (always) {
            return vocabulary.mask();
        }
        double draw = numbers.unit();
        if (draw < 0.8) {
            return vocabulary.mask();
        }
        return draw < 0.9 ? vocabulary.ordinary() + numbers.below(vocabulary.size() - vocabulary.ordinary()) : id;
    }
}

package io.freshet.model.pretrain;

import io.freshet.model.arch.PretrainingTask;
import io.freshet.model.torch.IdTensor;
import io.freshet.model.torch.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The inputs of each step. A step's depend on its number and the seed alone, so that a run can go on anywhere. */
final class Batches {

    /** Pairs of so many steps are sorted by length, so that little of a batch is padding. */
    private static final int WINDOW = 16;

    // What a number is drawn for, so that no two uses see the same numbers.
    private static final int SEQUENCE_ORDER = 1;
    private static final int PAIR_ORDER = 2;
    private static final int MASKS = 3;
    private static final int WINDOW_ORDER = 4;
    private static final int HELD_OUT_MASKS = 5;
    private static final int HELD_OUT_PAIRS = 6;

    private final PretrainingTask task;
    private final PackedText text;
    private final @Nullable Dialogues dialogues;
    private final Masking masking;
    private final PretrainingSettings.Batch sizes;
    private final long seed;
    private final Order order;
    private final @Nullable Order pairOrder;

    /** @param dialogues utterances and responses; needed where the task matches responses, unused elsewhere */
    Batches(PretrainingSettings settings, Vocabulary vocabulary, PackedText text, @Nullable Dialogues dialogues) {
        this.task = settings.task();
        this.text = text;
        this.dialogues = task == PretrainingTask.RESPONSES ? dialogues : null;
        this.sizes = settings.batch();
        this.seed = settings.seed();
        masking = new Masking(vocabulary, sizes.masked(), task == PretrainingTask.REPLACED_TOKENS);
        order = new Order(text.trainingSequences(), Seeds.mix(seed, SEQUENCE_ORDER));
        pairOrder =
                this.dialogues == null ? null : new Order(this.dialogues.trainingPairs(), Seeds.mix(seed, PAIR_ORDER));
    }

    /** Returns the inputs of a step, counted from 1. */
    List<IdTensor> at(long step) {
        long first = (step - 1) * sizes.rows();
        List<int[]> sequences = IntStream.range(0, sizes.rows())
                .mapToObj(i -> text.training(order.at(first + i)))
                .toList();
        List<IdTensor> inputs = masked(sequences, numbers(MASKS, step));
        if (dialogues != null && pairOrder != null) {
            inputs.addAll(dialogues.training(pairs(dialogues, pairOrder, step)));
        }
        return inputs;
    }

    private int[] pairs(Dialogues from, Order visits, long step) {
        long window = (step - 1) / WINDOW;
        int pairs = sizes.pairs();
        int[] drawn = IntStream.range(0, WINDOW * pairs)
                .map(i -> visits.at(window * WINDOW * pairs + i))
                .boxed()
                .sorted(Comparator.comparingInt(from::length))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] turns = IntStream.range(0, WINDOW).toArray();
        numbers(WINDOW_ORDER, window).shuffle(turns);
        int first = turns[(int) ((step - 1) % WINDOW)] * pairs;
        return IntStream.range(first, first + pairs).map(i -> drawn[i]).toArray();
    }

    /** Returns held-out batches: the same ones with the same masks every time. */
    List<List<IdTensor>> heldOut() {
        List<List<IdTensor>> batches = new ArrayList<>();
        for (int from = 0; from < text.heldOutSequences(); from += sizes.rows()) {
            List<int[]> sequences = IntStream.range(from, Math.min(text.heldOutSequences(), from + sizes.rows()))
                    .mapToObj(text::heldOut)
                    .toList();
            List<IdTensor> inputs = masked(sequences, numbers(HELD_OUT_MASKS, from));
            if (dialogues != null) {
                inputs.addAll(dialogues.heldOut(heldOutPairs(dialogues, batches.size())));
            }
            batches.add(inputs);
        }
        return batches;
    }

    private int[] heldOutPairs(Dialogues from, int batch) {
        Order mixed = new Order(from.heldOutPairs(), Seeds.mix(seed, HELD_OUT_PAIRS));
        int pairs = Math.min(sizes.pairs(), from.heldOutPairs());
        return IntStream.range(0, pairs)
                .map(i -> mixed.at((long) batch * pairs + i))
                .toArray();
    }

    private List<IdTensor> masked(List<int[]> sequences, Numbers numbers) {
        Masking.Masked masked = masking.of(sequences, numbers);
        List<IdTensor> inputs = new ArrayList<>(masked.inputs());
        if (task == PretrainingTask.REPLACED_TOKENS) {
            inputs.add(masked.original());
        }
        return inputs;
    }

    private Numbers numbers(int use, long number) {
        return new Numbers(Seeds.mix(Seeds.mix(seed, use), number));
    }

    /** Returns the tokens of packed sequences in a step. */
    long tokensOfAStep() {
        return (long) sizes.rows() * sizes.sequence();
    }
}

package io.freshet.model.pretrain;

import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.IdTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Utterances and what was said next. One dialogue in a hundred is held out. */
final class Dialogues {

    private static final int HELD_OUT = 100;

    private final Vocabulary vocabulary;
    private final List<Pair> training = new ArrayList<>();
    private final List<Pair> heldOut = new ArrayList<>();

    /** Two texts of at least one token each, special tokens included. Neither is changed. */
    private static final class Pair {
        final int[] said;
        final int[] answered;

        Pair(int[] said, int[] answered) {
            this.said = said;
            this.answered = answered;
        }

        int length() {
            return Math.max(said.length, answered.length);
        }

        boolean sharesATextWith(Pair other) {
            return Arrays.equals(said, other.said) || Arrays.equals(answered, other.answered);
        }
    }

    private Dialogues(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Reads dialogues: consecutive lines answer each other, blank lines part dialogues.
     *
     * @param longest most tokens of a text; the rest of a longer one is left out
     */
    static Dialogues read(Corpus corpus, Tokenizer tokenizer, Vocabulary vocabulary, int longest) throws IOException {
        Dialogues dialogues = new Dialogues(vocabulary);
        Texts.read(corpus, tokenizer, new Texts.Visitor() {
            private int @Nullable [] before;
            private int dialogue;

            @Override
            public void text(int[] whole) {
                int[] ids = dialogues.cut(whole, longest);
                if (before != null) {
                    (dialogue % HELD_OUT == 0 ? dialogues.heldOut : dialogues.training).add(new Pair(before, ids));
                }
                before = ids;
            }

            @Override
            public void boundary() {
                before = null;
                dialogue++;
            }
        });
        return dialogues;
    }

    private int[] cut(int[] ids, int longest) {
        if (ids.length <= longest) {
            return ids;
        }
        int[] cut = Arrays.copyOf(ids, longest);
        cut[longest - 1] = vocabulary.separator();
        return cut;
    }

    int trainingPairs() {
        return training.size();
    }

    int heldOutPairs() {
        return heldOut.size();
    }

    /** Returns the tokens of the longer side of a training pair. */
    int length(int index) {
        return training.get(index).length();
    }

    /** Returns training pairs as {@link io.freshet.model.arch.PretrainingProgram} takes them. */
    List<IdTensor> training(int[] indices) {
        return batch(IntStream.of(indices).mapToObj(training::get).toList());
    }

    /** Returns held-out pairs. */
    List<IdTensor> heldOut(int[] indices) {
        return batch(IntStream.of(indices).mapToObj(heldOut::get).toList());
    }

    private List<IdTensor> batch(List<Pair> pairs) {
        int n = pairs.size();
        int width = pairs.stream().mapToInt(Pair::length).max().orElseThrow();
        long[] ids = new long[2 * n * width];
        boolean[] present = new boolean[ids.length];
        boolean[] alike = new boolean[n * n];
        Arrays.fill(ids, vocabulary.padding());
        for (int i = 0; i < n; i++) {
            put(pairs.get(i).said, ids, present, i * width);
            put(pairs.get(i).answered, ids, present, (n + i) * width);
            for (int j = 0; j < n; j++) {
                alike[i * n + j] = i != j && pairs.get(i).sharesATextWith(pairs.get(j));
            }
        }
        return List.of(IdTensor.of(ids, 2L * n, width), IdTensor.of(present, 2L * n, width), IdTensor.of(alike, n, n));
    }

    private static void put(int[] text, long[] ids, boolean[] present, int at) {
        for (int i = 0; i < text.length; i++) {
            ids[at + i] = text[i];
            present[at + i] = true;
        }
    }
}

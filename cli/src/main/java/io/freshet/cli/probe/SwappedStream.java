package io.freshet.cli.probe;

import io.freshet.model.ModelShape;
import io.freshet.model.text.WordPieces;
import io.freshet.trainer.OfflinePass.Labelled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A stream in which two groups of labels exchange their meaning halfway: the labels in alphabetical order, the first third
 * of them and the second change places one for one from the middle on; the others go on as they were.
 *
 * @param texts in their order
 * @param change number of the first text after the change
 * @param swapped labels that changed their meaning
 */
public record SwappedStream(List<Labelled> texts, int change, int swapped) {

    public SwappedStream {
        texts = List.copyOf(texts);
    }

    /** Returns generated texts on nine topics, of which three change their meaning with three others. */
    public static SwappedStream generated(int count, long seed) {
        return of(TopicTexts.draw(count, seed));
    }

    /** Swaps labels halfway. */
    public static SwappedStream of(List<Labelled> texts) {
        Map<String, String> other = others(texts);
        int change = texts.size() / 2;
        List<Labelled> swapped = new ArrayList<>(texts.subList(0, change));
        for (Labelled text : texts.subList(change, texts.size())) {
            swapped.add(new Labelled(text.text(), other.getOrDefault(text.label(), text.label())));
        }
        return new SwappedStream(swapped, change, other.size());
    }

    /** Makes a small model of random weights that knows the words of the texts. */
    public RandomTwin smallModel(long seed) throws IOException {
        List<String> words = texts.stream().map(Labelled::text).toList();
        return RandomTwin.of(
                new ModelShape(1, 64, 2, 256, 64, 0.1),
                WordPieces.bertBaseUncased().cut(words, 2_000),
                seed);
    }

    private static Map<String, String> others(List<Labelled> texts) {
        List<String> labels = new ArrayList<>(
                new TreeSet<>(texts.stream().map(Labelled::label).toList()));
        int group = labels.size() / 3;
        if (group < 1) {
            throw new IllegalArgumentException(
                    "%d labels are too few to exchange two groups of them: give texts of at least 3"
                            .formatted(labels.size()));
        }
        Map<String, String> other = new TreeMap<>();
        for (int i = 0; i < group; i++) {
            other.put(labels.get(i), labels.get(group + i));
            other.put(labels.get(group + i), labels.get(i));
        }
        return other;
    }
}

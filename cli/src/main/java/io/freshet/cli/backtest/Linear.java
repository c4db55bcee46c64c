package io.freshet.cli.backtest;

import io.freshet.trainer.OfflinePass.Labelled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An online linear model on hashed words and pairs of words: what a user of Vowpal Wabbit or River has. With a replay
 * memory it also learns again from a uniform sample of what it has seen (Vitter 1985, algorithm R).
 */
final class Linear implements Contestant {

    private final HashedWords words;
    private final LinearModel model;
    private final LinearSettings settings;
    private final List<Labelled> memory = new ArrayList<>();
    private final Random random;
    private long seen;

    Linear(LinearSettings settings) {
        this.settings = settings;
        this.words = new HashedWords(settings.bits());
        this.model = new LinearModel(words.size(), settings.rate());
        this.random = new Random(settings.seed());
    }

    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public long learn(List<Labelled> texts) {
        long right = 0;
        for (Labelled text : texts) {
            right += text.label().equals(replies(List.of(text)).get(0).label()) ? 1 : 0;
            step(text);
            long replayed = memory.isEmpty() ? 0 : Math.round(settings.replayRatio());
            for (int i = 0; i < replayed; i++) {
                step(memory.get(random.nextInt(memory.size())));
            }
            remember(text);
        }
        return right;
    }

    private void step(Labelled text) {
        model.learn(features(text), text.label());
    }

    private void remember(Labelled text) {
        seen++;
        if (memory.size() < settings.replaySize()) {
            memory.add(text);
        } else if (settings.replaySize() > 0) {
            long place = random.nextLong(seen);
            if (place < memory.size()) {
                memory.set((int) place, text);
            }
        }
    }

    @Override
    public List<Reply> replies(List<Labelled> texts) {
        return texts.stream()
                .map(text -> Reply.of(model.labels(), model.probabilities(features(text)), text.label()))
                .toList();
    }

    private int[] features(Labelled text) {
        return words.of(text.textPair() == null ? text.text() : text.text() + ' ' + text.textPair());
    }

    @Override
    public List<String> labels() {
        return List.copyOf(model.labels());
    }

    @Override
    public long memoryBytes() {
        return memory.stream()
                .mapToLong(text -> bytes(text.id())
                        + bytes(text.text())
                        + bytes(text.label())
                        + (text.textPair() == null ? 0 : bytes(text.textPair())))
                .sum();
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void close() {
        // nothing outside of the heap
    }
}

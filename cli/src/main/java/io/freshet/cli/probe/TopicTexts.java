package io.freshet.cli.probe;

import io.freshet.trainer.OfflinePass.Labelled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Generated texts on a few topics, which a small model of random weights learns to tell apart from a thousand or two. */
final class TopicTexts {

    /** Share of texts whose label is another one: no stream is without errors. */
    static final double NOISE = 0.05;

    private static final Map<String, List<String>> TOPICS = new TreeMap<>(Map.of(
            "bank", List.of("money", "account", "loan", "credit"),
            "farm", List.of("horse", "cow", "field", "corn"),
            "film", List.of("movie", "actor", "camera", "scene"),
            "food", List.of("bread", "soup", "cheese", "dinner"),
            "health", List.of("doctor", "fever", "pill", "nurse"),
            "house", List.of("roof", "kitchen", "garden", "door"),
            "music", List.of("song", "guitar", "piano", "concert"),
            "sea", List.of("ship", "harbor", "island", "wave"),
            "travel", List.of("train", "ticket", "hotel", "airport")));

    private static final List<String> FILLERS = List.of(
            "please", "tell", "me", "about", "the", "old", "new", "that", "we", "saw", "now", "here", "for", "one",
            "and", "more");

    private TopicTexts() {}

    /** Returns texts of two words of their topic among two to five others, topics drawn evenly. */
    static List<Labelled> draw(int count, long seed) {
        Random random = new Random(seed);
        List<String> labels = List.copyOf(TOPICS.keySet());
        List<Labelled> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int truth = random.nextInt(labels.size());
            List<String> words = new ArrayList<>();
            draw(TOPICS.getOrDefault(labels.get(truth), List.of()), 2, random, words);
            draw(FILLERS, 2 + random.nextInt(4), random, words);
            Collections.shuffle(words, random);
            int other = (truth + 1 + random.nextInt(labels.size() - 1)) % labels.size();
            String label = labels.get(random.nextDouble() < NOISE ? other : truth);
            texts.add(new Labelled(String.join(" ", words), label));
        }
        return texts;
    }

    private static void draw(List<String> from, int count, Random random, List<String> into) {
        for (int i = 0; i < count; i++) {
            into.add(from.get(random.nextInt(from.size())));
        }
    }
}

package io.freshet.model.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Text that is quickly learned: four sentences, and dialogues in which one question has one answer. */
final class TinyText {

    private static final List<String> SENTENCES =
            List.of("the cat sat on the mat", "a dog ran to the park", "we eat rice at noon", "they sing old songs");

    private TinyText() {}

    static Path corpus(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            lines.add(SENTENCES.get(i % SENTENCES.size()));
        }
        return Files.write(directory.resolve("corpus.txt"), lines);
    }

    static Path dialogues(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String sentence = SENTENCES.get(i % SENTENCES.size());
            lines.addAll(List.of("did you know that " + sentence, "yes " + sentence, ""));
        }
        return Files.write(directory.resolve("dialogues.txt"), lines);
    }
}

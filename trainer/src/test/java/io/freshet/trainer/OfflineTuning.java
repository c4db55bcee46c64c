package io.freshet.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.model.Answer;
import io.freshet.model.Classifier;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.TextInput;
import io.freshet.model.text.WordPieces;
import io.freshet.trainer.learn.Learnable;
import io.freshet.trainer.learn.Learner;
import io.freshet.trainer.learn.Standing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Learns a labelled file offline, without Kafka, as the trainer would: for choosing defaults. One line a run.
 *
 * <p>Arguments: the file (CLINC150's JSON) and {@code key=value} settings of the trainer, besides {@code layers},
 * {@code hidden}, {@code heads}, {@code dropout}, {@code vocabulary} and {@code shuffle} (a seed).
 */
final class OfflineTuning {

    private OfflineTuning() {}

    private record Utterance(String text, String label) {}

    public static void main(String[] args) throws IOException {
        Map<String, String> own = new HashMap<>(Map.of(
                "layers", "2", "hidden", "128", "heads", "2", "dropout", "0.1", "vocabulary", "8000", "shuffle", "7"));
        Map<String, String> settings = new HashMap<>(
                Map.of("bootstrap.servers", "none", "schema.registry.url", "none", "checkpoint.store", "file:///none"));
        for (int i = 1; i < args.length; i++) {
            String[] pair = args[i].split("=", 2);
            (own.containsKey(pair[0]) ? own : settings).put(pair[0], pair[1]);
        }
        List<Utterance> stream = shuffled(Path.of(args[0]), Long.parseLong(own.get("shuffle")));
        Path directory = Files.createTempDirectory("tuning");
        List<String> texts = stream.stream().map(Utterance::text).toList();
        int hidden = Integer.parseInt(own.get("hidden"));
        ModelShape shape = new ModelShape(
                Integer.parseInt(own.get("layers")),
                hidden,
                Integer.parseInt(own.get("heads")),
                4 * hidden,
                128,
                Double.parseDouble(own.get("dropout")));
        Models.initialise(
                directory,
                shape,
                WordPieces.bertBaseUncased().cut(texts, Integer.parseInt(own.get("vocabulary"))),
                Long.parseLong(own.get("shuffle")));
        System.out.println(run(stream, directory, TrainerConfig.from(settings)) + " | "
                + String.join(" ", List.of(args).subList(1, args.length)));
    }

    private static String run(List<Utterance> stream, Path directory, TrainerConfig config) {
        int heldOut = stream.size() / 10;
        List<Utterance> train = stream.subList(heldOut, stream.size());
        long began = System.nanoTime();
        long cpu = cpuNanos();
        try (Learner learner = Learner.start(directory, config.modelOptions(), config.learner())) {
            double rightAtThreeQuarters = 0;
            int size = config.cutLimits().examples();
            for (int from = 0; from < train.size(); from += size) {
                if (from * 4L < train.size() * 3L) {
                    rightAtThreeQuarters = right(learner.standing());
                }
                learner.learn(learnable(learner, train.subList(from, Math.min(train.size(), from + size))), 0);
            }
            Standing standing = learner.standing();
            long seconds = (System.nanoTime() - began) / 1_000_000_000;
            long cpuSeconds = (cpuNanos() - cpu) / 1_000_000_000;
            return "lastQuarter %.4f overall %.4f last1000 %.4f heldOut %.4f steps %d wall %ds cpu %ds"
                    .formatted(
                            4.0 * (right(standing) - rightAtThreeQuarters) / train.size(),
                            standing.accuracy(),
                            standing.windowAccuracy(),
                            accuracy(learner, stream.subList(0, heldOut)),
                            learner.step(),
                            seconds,
                            cpuSeconds);
        }
    }

    private static double right(Standing standing) {
        return standing.accuracy() * standing.count();
    }

    private static List<Learnable> learnable(Learner learner, List<Utterance> utterances) {
        List<Learnable> batch = new ArrayList<>();
        for (Utterance utterance : utterances) {
            TextInput input = TextInput.of(utterance.text);
            batch.add(new Learnable(
                    "u" + batch.size() + " " + utterance.text,
                    input,
                    utterance.label,
                    1,
                    learner.model().encode(input)));
        }
        return batch;
    }

    private static double accuracy(Learner learner, List<Utterance> utterances) {
        List<Answer> answers = ((Classifier) learner.model())
                .classify(learnable(learner, utterances).stream()
                        .map(Learnable::encoded)
                        .toList());
        int right = 0;
        for (int i = 0; i < answers.size(); i++) {
            right += utterances.get(i).label.equals(answers.get(i).label()) ? 1 : 0;
        }
        return (double) right / answers.size();
    }

    private static List<Utterance> shuffled(Path file, long seed) throws IOException {
        JsonNode root = new ObjectMapper().readTree(file.toFile()).get("train");
        List<Utterance> utterances = new ArrayList<>();
        root.forEach(pair ->
                utterances.add(new Utterance(pair.get(0).asText(), pair.get(1).asText())));
        Collections.shuffle(utterances, new Random(seed));
        return utterances;
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getProcessCpuTime()
                : 0;
    }
}

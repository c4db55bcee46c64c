package io.freshet.cli.audit;

import io.freshet.evaluator.scorer.Batch;
import io.freshet.evaluator.scorer.Rescorer;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.ModelFile;
import io.freshet.schemas.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Whether the models still say what the pairs say they said: scores them again in the batches of then. */
final class RescoreCheck {

    /** For examples whose batch is not known any more. */
    private static final int OWN_BATCH = 64;

    private final CaseFile file;
    private final double tolerance;
    private final BiConsumer<Long, Long> progress;
    private final Map<Batch.Member, LabeledExample> examples = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<Pair> pairs;
    private long done;
    private long compared;
    private long identical;
    private long ownBatches;
    private double largest;

    private RescoreCheck(CaseFile file, double tolerance, BiConsumer<Long, Long> progress) {
        this.file = file;
        this.tolerance = tolerance;
        this.progress = progress;
        file.heldOut().forEach((place, example) -> examples.put(member(place), example));
        this.pairs = new ArrayList<>(file.pairs());
    }

    /**
     * What scoring again gave.
     *
     * @param check whether the scores are the recorded ones
     * @param pairs the recorded pairs with the new scores in the place of the old ones
     * @param exact whether all scores are the recorded ones to the last bit
     */
    record Result(Check check, List<Pair> pairs, boolean exact) {}

    /**
     * Scores all pairs' examples again.
     *
     * @param tolerance how far a probability, or bits per token, may be from the recorded one
     * @param progress told of scores made and to be made
     */
    static Result of(CaseFile file, Rescorer rescorer, double tolerance, BiConsumer<Long, Long> progress) {
        RescoreCheck check = new RescoreCheck(file, tolerance, progress);
        for (Seat.Role role : Seat.Role.of(file.opened())) {
            check.compare(role, check.scores(role, rescorer));
        }
        return new Result(check.result(), check.pairs, check.largest == 0 && check.wrong.isEmpty());
    }

    private static Batch.Member member(Place place) {
        return new Batch.Member(place.partition(), place.offset());
    }

    private Map<Place, ExampleScore> scores(Seat.Role role, Rescorer rescorer) {
        String checkpoint = role.checkpoint(file.opened());
        List<ModelFile> files = file.models().getOrDefault(checkpoint, List.of());
        Map<Place, ExampleScore> scores = new TreeMap<>();
        batches(role).forEach((batch, wanted) -> {
            for (ExampleScore score : rescorer.score(checkpoint, files, examples, batch)) {
                if (wanted.contains(Place.of(score))) {
                    scores.put(Place.of(score), score);
                }
            }
            done += batch.members().size();
            progress.accept(
                    done,
                    (long) file.pairs().size() * Seat.Role.of(file.opened()).size());
        });
        return scores;
    }

    /** Returns the recorded batches, then batches of our own of what has none, each with the examples whose scores it gives. */
    private Map<Batch, Set<Place>> batches(Seat.Role role) {
        String checkpoint = role.checkpoint(file.opened());
        Map<Batch, Set<Place>> batches = new LinkedHashMap<>();
        TreeSet<Place> rest = new TreeSet<>();
        for (Pair pair : file.pairs()) {
            Place place = Place.of(pair);
            file.scores()
                    .counted(checkpoint, pair, role)
                    .flatMap(file.scores()::batch)
                    .filter(batch -> examples.keySet().containsAll(batch.members()))
                    .ifPresentOrElse(
                            batch -> batches.computeIfAbsent(batch, key -> new TreeSet<>())
                                    .add(place),
                            () -> rest.add(place));
        }
        List<Place> own = rest.stream()
                .filter(place -> examples.containsKey(member(place)))
                .toList();
        ownBatches += own.size();
        for (int from = 0; from < own.size(); from += OWN_BATCH) {
            List<Place> places = own.subList(from, Math.min(own.size(), from + OWN_BATCH));
            batches.put(new Batch(places.stream().map(RescoreCheck::member).toList()), new TreeSet<>(places));
        }
        return batches;
    }

    private void compare(Seat.Role role, Map<Place, ExampleScore> scores) {
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            ExampleScore score = scores.get(Place.of(pair));
            if (score == null) {
                wrong.add("pair %d on %s cannot be scored again: the example is gone from the topic"
                        .formatted(pair.getIndex(), Place.of(pair)));
                continue;
            }
            if (score.getError() != null) {
                wrong.add("pair %d on %s, %s: %s"
                        .formatted(pair.getIndex(), Place.of(pair), role.title(), score.getError()));
                continue;
            }
            Seat recorded = Seat.of(pair, role);
            Seat now = Seat.of(score, role);
            double distance = recorded.distance(now);
            compared++;
            identical += distance == 0 ? 1 : 0;
            largest = Math.max(largest, distance);
            if (distance > tolerance) {
                wrong.add("pair %d on %s, %s: recorded %s, scored again %s"
                        .formatted(pair.getIndex(), Place.of(pair), role.title(), recorded, now));
            }
            pairs.set(i, now.in(pairs.get(i), role));
        }
    }

    private Check result() {
        String others = identical == compared ? "" : ", the others within %.3g".formatted(largest);
        String own = ownBatches == 0
                ? ""
                : "; %,d in batches of our own, because those of then are not recorded any more".formatted(ownBatches);
        return Check.of(
                "scores",
                "%,d made again in fp32, %,d of them the same to the last bit%s%s"
                        .formatted(compared, identical, others, own),
                wrong);
    }
}

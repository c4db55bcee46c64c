package io.freshet.cli.audit;

import io.freshet.cli.audit.ScoreLog.Entry;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether every example counts once, a group once, in the recorded order, and none is left out. */
final class PairsCheck {

    private final CaseFile file;
    private final List<String> wrong = new ArrayList<>();

    private PairsCheck(CaseFile file) {
        this.file = file;
    }

    static Check of(CaseFile file) {
        PairsCheck check = new PairsCheck(file);
        check.order();
        check.once();
        check.range();
        check.missing();
        return Check.of(
                "pairs",
                "%,d recorded, each looked at for its order, its place and whether it is there once"
                        .formatted(file.pairs().size()),
                check.wrong);
    }

    private void order() {
        long counted = file.evaluation().getPairs();
        if (counted != file.pairs().size()) {
            wrong.add("the last evaluation counts %,d pairs, the topic has %,d"
                    .formatted(counted, file.pairs().size()));
        }
        Set<Long> met = new HashSet<>();
        for (int i = 0; i < file.pairs().size(); i++) {
            long index = file.pairs().get(i).getIndex();
            if (!met.add(index)) {
                wrong.add("pair %d is there twice".formatted(index));
            } else if (index != i) {
                wrong.add("pair %d stands where pair %d belongs".formatted(index, i));
            }
        }
        for (long index = 0; index < counted; index++) {
            if (!met.contains(index)) {
                wrong.add("pair %d is missing".formatted(index));
            }
        }
    }

    private void once() {
        Map<Place, Long> places = new HashMap<>();
        Map<String, Long> groups = new HashMap<>();
        for (Pair pair : file.pairs()) {
            Long before = places.putIfAbsent(Place.of(pair), pair.getIndex());
            if (before != null) {
                wrong.add("example %s counts twice, as pairs %d and %d"
                        .formatted(Place.of(pair), before, pair.getIndex()));
            }
            Long same = pair.getGroup() == null ? null : groups.putIfAbsent(pair.getGroup(), pair.getIndex());
            if (same != null && before == null) {
                wrong.add("group '%s' counts twice, as pairs %d and %d"
                        .formatted(pair.getGroup(), same, pair.getIndex()));
            }
        }
    }

    private void range() {
        List<Span> used = file.evaluation().getRanges().stream().map(Span::of).toList();
        for (Pair pair : file.pairs()) {
            if (pair.getOffset() < first(pair.getPartition())) {
                wrong.add("pair %d is on example %s, before the first offset %d that counts"
                        .formatted(pair.getIndex(), Place.of(pair), first(pair.getPartition())));
            } else if (used.stream().noneMatch(span -> span.contains(pair.getPartition(), pair.getOffset()))) {
                wrong.add("pair %d is on example %s, outside the offsets %s that the evaluation says it used"
                        .formatted(pair.getIndex(), Place.of(pair), ExplanationText.spans(used)));
            }
        }
    }

    private long first(int partition) {
        List<Long> first = file.opened().getFirstOffsets();
        return partition < first.size() ? first.get(partition) : 0;
    }

    /** Every example that all models had been scored on before the last pair was made must be a pair, or of a group that has one. */
    private void missing() {
        Set<Place> paired = new HashSet<>();
        Set<String> groups = new HashSet<>();
        file.pairs().forEach(pair -> {
            paired.add(Place.of(pair));
            if (pair.getGroup() != null) {
                groups.add(pair.getGroup());
            }
        });
        long lastScore = paired.stream()
                .flatMap(place -> completed(place).stream())
                .max(Comparator.naturalOrder())
                .orElse(0L);
        Trial trial = file.opened();
        Optional<Place> end = ascending();
        for (Place place : new TreeSet<>(file.scores().places(trial.getCandidate()))) {
            if (end.filter(last -> place.compareTo(last) > 0).isPresent()) {
                break;
            }
            if (place.offset() < first(place.partition()) || paired.contains(place) || !comparable(place, groups)) {
                continue;
            }
            if (completed(place).filter(position -> position < lastScore).isPresent()) {
                wrong.add("example %s was scored by all models before the last pair was made, but is no pair"
                        .formatted(place));
            }
        }
    }

    /**
     * Returns the last pair's place if all pairs stand in the order of partitions and offsets. So does the gate fold what had
     * been scored before the trial opened, and may end the trial by it, and then nothing behind that place has been looked at.
     */
    private Optional<Place> ascending() {
        Place last = null;
        for (Pair pair : file.pairs()) {
            Place place = Place.of(pair);
            if (last != null && place.compareTo(last) < 0) {
                return Optional.empty();
            }
            last = place;
        }
        return Optional.ofNullable(last);
    }

    private boolean comparable(Place place, Set<String> groups) {
        for (String checkpoint : file.checkpoints()) {
            Optional<Entry> entry = file.scores().first(checkpoint, place);
            if (entry.isEmpty() || entry.get().score().getError() != null) {
                return false;
            }
        }
        return file.scores()
                .first(file.opened().getCandidate(), place)
                .map(Entry::score)
                .filter(score -> score.getGroup() == null || !groups.contains(score.getGroup()))
                .filter(score -> !score.getLabel().isEmpty() || score.getBitsPerToken() != null)
                .isPresent();
    }

    /** Returns the position of the score that made the pair whole; empty where scores are gone. */
    private Optional<Long> completed(Place place) {
        long position = 0;
        for (String checkpoint : file.checkpoints()) {
            Optional<Entry> entry = file.scores().first(checkpoint, place);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            position = Math.max(position, entry.get().position());
        }
        return Optional.of(position);
    }
}

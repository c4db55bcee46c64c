package io.freshet.cli.audit;

import io.freshet.schemas.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate changes for those who ask the champion.
 *
 * @param worse kinds of answers that were right and are wrong, the most frequent first; of language models, the texts that
 *     take the most bits more
 * @param better the other way round
 */
public record Changes(List<Change> worse, List<Change> better) {

    private static final String NO_LABEL = "(none)";

    /**
     * One kind of change.
     *
     * @param label the true label; empty for language models
     * @param before the champion's answer, or its bits per token
     * @param after the candidate's
     * @param count examples with it
     * @param samples the first of them
     */
    public record Change(String label, String before, String after, long count, List<Sample> samples) {
        public Change {
            samples = List.copyOf(samples);
        }
    }

    /**
     * A held-out example.
     *
     * @param text null where the topic's retention has deleted it
     */
    public record Sample(
            String id, int partition, long offset, @Nullable String text) {

        Place place() {
            return new Place(partition, offset);
        }
    }

    public Changes {
        worse = List.copyOf(worse);
        better = List.copyOf(better);
    }

    /**
     * Finds them among the pairs of a trial.
     *
     * @param kinds at most so many each way
     * @param samples at most so many a kind
     */
    static Changes of(List<Pair> pairs, int kinds, int samples) {
        if (pairs.stream().anyMatch(pair -> pair.getChampionBits() != null)) {
            return ofBits(pairs, kinds);
        }
        return new Changes(
                kinds(pairs.stream().filter(pair -> championRight(pair) && !candidateRight(pair)), kinds, samples),
                kinds(pairs.stream().filter(pair -> candidateRight(pair) && !championRight(pair)), kinds, samples));
    }

    /** Returns the same with texts put in. */
    Changes withTexts(Function<Place, @Nullable String> texts) {
        return new Changes(withTexts(worse, texts), withTexts(better, texts));
    }

    List<Place> places() {
        List<Place> places = new ArrayList<>();
        worse.forEach(change -> change.samples().forEach(sample -> places.add(sample.place())));
        better.forEach(change -> change.samples().forEach(sample -> places.add(sample.place())));
        return places;
    }

    private static List<Change> withTexts(List<Change> changes, Function<Place, @Nullable String> texts) {
        return changes.stream()
                .map(change -> new Change(
                        change.label(),
                        change.before(),
                        change.after(),
                        change.count(),
                        change.samples().stream()
                                .map(sample -> new Sample(
                                        sample.id(), sample.partition(), sample.offset(), texts.apply(sample.place())))
                                .toList()))
                .toList();
    }

    private static List<Change> kinds(Stream<Pair> flips, int kinds, int samples) {
        Map<List<String>, List<Pair>> byKind =
                new TreeMap<>(Comparator.comparing((List<String> key) -> key.toString()));
        flips.forEach(pair -> byKind.computeIfAbsent(
                        List.of(
                                pair.getLabel(),
                                shown(pair.getChampionPredicted()),
                                shown(pair.getCandidatePredicted())),
                        key -> new ArrayList<>())
                .add(pair));
        return byKind.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<List<String>, List<Pair>> kind) ->
                                kind.getValue().size())
                        .reversed())
                .limit(kinds)
                .map(kind -> change(kind.getKey(), kind.getValue(), samples))
                .toList();
    }

    private static Change change(List<String> kind, List<Pair> pairs, int samples) {
        return new Change(
                kind.get(0),
                kind.get(1),
                kind.get(2),
                pairs.size(),
                pairs.stream().limit(samples).map(Changes::sample).toList());
    }

    private static Changes ofBits(List<Pair> pairs, int kinds) {
        Comparator<Pair> byGain = Comparator.comparingDouble(Changes::gain);
        return new Changes(
                pairs.stream()
                        .filter(pair -> gain(pair) < 0)
                        .sorted(byGain)
                        .limit(kinds)
                        .map(Changes::bits)
                        .toList(),
                pairs.stream()
                        .filter(pair -> gain(pair) > 0)
                        .sorted(byGain.reversed())
                        .limit(kinds)
                        .map(Changes::bits)
                        .toList());
    }

    private static Change bits(Pair pair) {
        return new Change(
                "",
                "%.3f bits per token".formatted(bits(pair.getChampionBits())),
                "%.3f bits per token".formatted(bits(pair.getCandidateBits())),
                1,
                List.of(sample(pair)));
    }

    private static double gain(Pair pair) {
        return bits(pair.getChampionBits()) - bits(pair.getCandidateBits());
    }

    private static double bits(@Nullable Double bits) {
        return Objects.requireNonNullElse(bits, 0.0);
    }

    private static Sample sample(Pair pair) {
        return new Sample(pair.getExampleId(), pair.getPartition(), pair.getOffset(), null);
    }

    private static String shown(@Nullable String label) {
        return Objects.requireNonNullElse(label, NO_LABEL);
    }

    private static boolean championRight(Pair pair) {
        return pair.getLabel().equals(pair.getChampionPredicted());
    }

    private static boolean candidateRight(Pair pair) {
        return pair.getLabel().equals(pair.getCandidatePredicted());
    }
}

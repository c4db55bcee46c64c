package io.freshet.core.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Right and wrong answers by label, in memory that grows with the labels, not with their pairs. Pairs of labels that are
 * confused are counted exactly as long as there are at most {@link #PAIRS} of them; beyond that the rarest gives way to the
 * newcomer, which takes over its count (Metwally, Agrawal and El Abbadi 2005, "Space-Saving"), so that no frequent pair is
 * missed and no count is too low.
 */
public final class ConfusionTally {

    /** Most pairs counted at once. */
    public static final int PAIRS = 1_024;

    private static final Comparator<Confusion> MOST_FIRST = Comparator.comparingLong(Confusion::count)
            .reversed()
            .thenComparing(Confusion::truth)
            .thenComparing(Confusion::answer);

    private final Map<String, ClassScore> classes = new TreeMap<>();
    private final Map<Pair, Long> pairs = new LinkedHashMap<>();
    private long answers;
    private long right;

    private record Pair(String truth, String answer) {}

    /**
     * What a checkpoint keeps.
     *
     * @param classes by label
     * @param confusions in the order in which they were first seen
     */
    public record State(List<ClassScore> classes, List<Confusion> confusions) {

        public static final State EMPTY = new State(List.of(), List.of());

        public State {
            classes = List.copyOf(classes);
            confusions = List.copyOf(confusions);
        }
    }

    public ConfusionTally(State state) {
        for (ClassScore score : state.classes) {
            classes.put(score.label(), score);
            answers += score.truths();
            right += score.right();
        }
        state.confusions.forEach(
                confusion -> pairs.put(new Pair(confusion.truth(), confusion.answer()), confusion.count()));
    }

    /**
     * Counts one answer.
     *
     * @param answer null where the model had none to give
     */
    public void add(String truth, @Nullable String answer) {
        boolean isRight = truth.equals(answer);
        answers++;
        right += isRight ? 1 : 0;
        ClassScore of = score(truth);
        classes.put(
                truth,
                new ClassScore(
                        truth, of.truths() + 1, of.predictions() + (isRight ? 1 : 0), of.right() + (isRight ? 1 : 0)));
        if (!isRight && answer != null) {
            ClassScore other = score(answer);
            classes.put(answer, new ClassScore(answer, other.truths(), other.predictions() + 1, other.right()));
            confuse(new Pair(truth, answer));
        }
    }

    private ClassScore score(String label) {
        return classes.getOrDefault(label, new ClassScore(label, 0, 0, 0));
    }

    private void confuse(Pair pair) {
        long before = 0;
        if (!pairs.containsKey(pair) && pairs.size() >= PAIRS) {
            Map.Entry<Pair, Long> rarest = pairs.entrySet().iterator().next();
            for (Map.Entry<Pair, Long> entry : pairs.entrySet()) {
                rarest = entry.getValue() < rarest.getValue() ? entry : rarest;
            }
            before = rarest.getValue();
            pairs.remove(rarest.getKey());
        }
        pairs.merge(pair, before + 1, Long::sum);
    }

    public long answers() {
        return answers;
    }

    /** Returns the share of answers that are right, in [0, 1]; 0 before the first. */
    public double accuracy() {
        return answers == 0 ? 0 : (double) right / answers;
    }

    /** Returns every label that was true or answered, in alphabetical order. */
    public List<ClassScore> classes() {
        return List.copyOf(classes.values());
    }

    /** Returns the mean F1 over the labels that were true or answered, in [0, 1]; 0 where there are none. */
    public double macroF1() {
        return classes.values().stream().mapToDouble(ClassScore::f1).average().orElse(0);
    }

    /** Returns the pairs confused most often, the most frequent first. */
    public List<Confusion> confusions(int most) {
        return confusions().stream().sorted(MOST_FIRST).limit(most).toList();
    }

    private List<Confusion> confusions() {
        List<Confusion> all = new ArrayList<>();
        pairs.forEach((pair, count) -> all.add(new Confusion(pair.truth, pair.answer, count)));
        return all;
    }

    public State state() {
        return new State(classes(), confusions());
    }
}

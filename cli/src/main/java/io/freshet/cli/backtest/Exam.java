package io.freshet.cli.backtest;

import io.freshet.core.measure.Calibration;
import io.freshet.core.measure.ConfusionTally;
import io.freshet.core.measure.NegativeFlips;
import io.freshet.trainer.OfflinePass.Labelled;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The tests of all tasks, taken again and again by one contestant. */
final class Exam {

    private static final int CONFUSIONS = 20;

    private final Contestant contestant;
    private final List<Plan.Test> tests;
    private final Set<String> known;
    private BitSet rightBefore = new BitSet();
    private NegativeFlips flips = NegativeFlips.NONE;
    private ConfusionTally confusion = new ConfusionTally(ConfusionTally.State.EMPTY);
    private Calibration calibration = new Calibration(Calibration.State.EMPTY);

    Exam(Contestant contestant, List<Plan.Test> tests) {
        this.contestant = contestant;
        this.tests = tests;
        this.known = new HashSet<>(contestant.labels());
    }

    /** Told of what was learned. */
    void taught(List<Labelled> texts) {
        texts.forEach(text -> known.add(text.label()));
    }

    /**
     * Returns the accuracy on each task. What has a label that was never seen cannot be answered rightly, and is not asked.
     */
    List<Double> sit() {
        confusion = new ConfusionTally(ConfusionTally.State.EMPTY);
        calibration = new Calibration(Calibration.State.EMPTY);
        BitSet rightNow = new BitSet();
        List<Double> accuracies = new ArrayList<>();
        int first = 0;
        for (Plan.Test test : tests) {
            List<Integer> asked = asked(test.texts());
            List<Reply> replies = asked.isEmpty() ? List.of() : contestant.replies(chosen(test.texts(), asked));
            long right = 0;
            for (int i = 0; i < replies.size(); i++) {
                int place = asked.get(i);
                right += mark(first + place, test.texts().get(place).label(), replies.get(i), rightNow) ? 1 : 0;
            }
            accuracies.add((double) right / test.texts().size());
            first += test.texts().size();
        }
        rightBefore = rightNow;
        return accuracies;
    }

    private List<Integer> asked(List<Labelled> texts) {
        return IntStream.range(0, texts.size())
                .filter(i -> known.contains(texts.get(i).label()))
                .boxed()
                .toList();
    }

    private static List<Labelled> chosen(List<Labelled> texts, List<Integer> places) {
        return places.stream().map(texts::get).toList();
    }

    private boolean mark(int place, String truth, Reply reply, BitSet rightNow) {
        boolean right = truth.equals(reply.label());
        rightNow.set(place, right);
        flips = flips.add(rightBefore.get(place), right);
        confusion.add(truth, reply.label());
        calibration.add(reply.probability(), right, reply.brier());
        return right;
    }

    /** Returns what the last sitting says beyond accuracies, and what flipped from each sitting to the next. */
    Result.Quality quality() {
        return new Result.Quality(
                confusion.macroF1(),
                calibration.expectedError(),
                calibration.brier(),
                flips.rate(),
                confusion.classes(),
                confusion.confusions(CONFUSIONS));
    }
}

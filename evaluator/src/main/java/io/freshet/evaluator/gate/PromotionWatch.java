package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.GateState.Role.CANDIDATE;
import static io.freshet.evaluator.gate.GateState.Role.CHAMPION;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import io.freshet.evaluator.policy.Watch;
import io.freshet.evaluator.statistics.RollbackDetector;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The open watch over a promotion: the champion before goes on being scored, and {@link RollbackDetector} tells whether the new one
 * has become worse than it. Of classifiers the difference is in right answers, of language models in bits per token, divided by the
 * most there can be.
 *
 * <p>An example on which either model could not be scored counts neither way. A predecessor that could not be scored on many
 * examples in a row cannot be scored at all, so there is nothing to watch by.
 */
final class PromotionWatch {

    private static final String DETECTOR = "detector";

    private final Comparison comparison;
    private final Table<long[]> counters;
    private final long evaluationEvery;
    private final Consumer<SpecificRecord> out;

    /**
     * @param counters those of the comparison
     * @param evaluationEvery pairs between two reports, at least 1
     * @param out takes Evaluation records
     */
    PromotionWatch(Comparison comparison, Table<long[]> counters, long evaluationEvery, Consumer<SpecificRecord> out) {
        this.comparison = comparison;
        this.counters = counters;
        this.evaluationEvery = evaluationEvery;
        this.out = out;
    }

    @Nullable
    Trial open() {
        return comparison.open();
    }

    /** Returns the open watch. */
    Trial known() {
        return comparison.known();
    }

    void begin(Trial trial) {
        comparison.begin(trial);
    }

    /** Counts the examples that both models had answered when the watch began; returns by what it must end, if it must. */
    Optional<WatchEnd> catchUp(Instant time) {
        if (comparison.open() == null) {
            return Optional.empty();
        }
        Optional<WatchEnd> end = Optional.empty();
        for (Answers answers : comparison.answered()) {
            end = end.isPresent() ? end : complete(answers, time);
        }
        return end;
    }

    void arrived(int partition, long offset) {
        comparison.arrived(partition, offset);
    }

    /** A score came that was not there before; returns by what the watch must end now, if it must. */
    Optional<WatchEnd> scored(ExampleScore score, Instant time) {
        if (!comparison.concerns(score)) {
            return Optional.empty();
        }
        Trial trial = comparison.known();
        if (score.getCheckpoint().equals(trial.getCandidate()) && comparison.breaks(score)) {
            String why = comparison.ledger().objection(score, trial).orElse("");
            report("keep", "predecessor.failed", "the champion before cannot be scored: " + why, time);
            return Optional.of(WatchEnd.FAILED);
        }
        return comparison.answers(score.getPartition(), score.getOffset()).flatMap(one -> complete(one, time));
    }

    /** Ends the watch. */
    void end(String outcome, Instant time) {
        comparison.end(outcome, time);
        counters.remove(DETECTOR);
    }

    /** Ends the watch, if one is open, because somebody else reigns now. */
    void breakOff(String outcome, String why, Instant time) {
        if (comparison.open() != null) {
            report("keep", "champion.moved", why, time);
            end(outcome, time);
        }
    }

    /** Returns what the champion before has reached on the watch's pairs. */
    ModelScore predecessorScore() {
        return comparison.ledger().score(CANDIDATE, comparison.progress());
    }

    /** Returns the end of the held-out offsets that the watch has used; none where none is open. */
    Offsets used() {
        return comparison.open() == null ? Offsets.NONE : comparison.progress().used();
    }

    /** Returns in words and figures what the pairs say. */
    String findings() {
        Trial trial = comparison.known();
        Evidence evidence = comparison.progress().evidence();
        ModelScore now = comparison.ledger().score(CHAMPION, comparison.progress());
        ModelScore before = predecessorScore();
        boolean bits = before.getBitsPerToken() != null;
        return String.format(
                Locale.ROOT,
                "on %d held-out examples since its promotion %s has %s %.4f and %s, the champion before, %.4f (better on %d, worse on %d); ln R = %.2f, the alarm is at %.2f",
                evidence.pairs(),
                trial.getChampion(),
                bits ? "bits per token" : "accuracy",
                bits ? now.getBitsPerToken() : (Double) now.getAccuracy(),
                trial.getCandidate(),
                bits ? before.getBitsPerToken() : (Double) before.getAccuracy(),
                evidence.losses(),
                evidence.wins(),
                detector().logStatistic(),
                -Math.log(rules().alpha()));
    }

    private Optional<WatchEnd> complete(Answers answers, Instant time) {
        comparison.use(answers);
        Trial trial = comparison.known();
        Ledger ledger = comparison.ledger();
        boolean counts = ledger.objection(answers.champion(), trial).isEmpty()
                && ledger.objection(answers.candidate(), trial).isEmpty()
                && ledger.mismatch(answers.champion(), answers.candidate(), trial)
                        .isEmpty()
                && comparison.makesPair(answers);
        if (!counts) {
            return Optional.empty();
        }
        RollbackDetector detector = detector().add(difference(answers));
        save(detector);
        Progress progress = comparison.fold(answers);
        if (detector.alarms(rules().alpha())) {
            report("rollback", "watch.alarm", findings(), time);
            return Optional.of(WatchEnd.ALARM);
        }
        if (progress.pairs() >= trial.getMaxPairs()) {
            report("keep", "watch.over", null, time);
            return Optional.of(WatchEnd.OVER);
        }
        if (progress.pairs() % evaluationEvery == 0) {
            report("defer", "watch.open", null, time);
        }
        return Optional.empty();
    }

    /** By how much the champion is better than the one before, in [-1, 1]. */
    private static double difference(Answers answers) {
        ExampleScore now = answers.champion();
        ExampleScore before = answers.candidate();
        Double most = now.getMaxBits();
        if (most != null) {
            return (bits(before) - bits(now)) / most;
        }
        return (right(now) ? 1 : 0) - (right(before) ? 1 : 0);
    }

    private static double bits(ExampleScore score) {
        return Objects.requireNonNull(score.getBitsPerToken(), "a score without bits has an objection");
    }

    private static boolean right(ExampleScore score) {
        return score.getLabel().equals(score.getPredicted());
    }

    private void report(String decision, String reason, @Nullable String detail, Instant time) {
        Evaluation evaluation = comparison
                .ledger()
                .evaluation(
                        comparison.known(),
                        comparison.progress(),
                        new Verdict(Verdict.Decision.DEFER, reason, detail),
                        time);
        out.accept(Evaluation.newBuilder(evaluation)
                .setKind(Comparison.KIND_WATCH)
                .setDecision(decision)
                .setLogDetector(Math.max(detector().logStatistic(), -Double.MAX_VALUE))
                .setLogAlarm(-Math.log(rules().alpha()))
                .build());
    }

    private Watch rules() {
        return comparison
                .ledger()
                .rules(comparison.known())
                .policy()
                .watch()
                .orElseThrow(() -> new IllegalStateException("watch %s opened under a policy without one"
                        .formatted(comparison.known().getId())));
    }

    private RollbackDetector detector() {
        Watch rules = rules();
        long[] stored = counters.get(DETECTOR);
        if (stored == null) {
            return RollbackDetector.start(rules.bets(), rules.tolerance());
        }
        List<Double> logs = new ArrayList<>();
        for (int i = 1; i < stored.length; i++) {
            logs.add(longBitsToDouble(stored[i]));
        }
        return new RollbackDetector(rules.bets(), rules.tolerance(), stored[0], logs);
    }

    private void save(RollbackDetector detector) {
        long[] longs = new long[1 + detector.logs().size()];
        longs[0] = detector.pairs();
        for (int i = 0; i < detector.logs().size(); i++) {
            longs[1 + i] = doubleToRawLongBits(detector.logs().get(i));
        }
        counters.put(DETECTOR, longs);
    }
}

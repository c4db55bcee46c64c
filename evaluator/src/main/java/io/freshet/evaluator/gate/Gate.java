package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.GateState.Role.CANDIDATE;
import static io.freshet.evaluator.gate.GateState.Role.CHAMPION;
import static io.freshet.evaluator.gate.GateState.Role.WAITING;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides which checkpoint reigns. Takes checkpoints, arrivals of held-out examples and scores in one order, and says which
 * trials open and close, which pairs count, how trials stand and who is champion. The same events in the same order give the
 * same records; times are those of the events. Everything remembered is in the tables, so a new gate on the same tables goes
 * on where the old one stopped.
 *
 * <p>One trial is open at a time. It counts held-out examples behind those that decided the reigning champion, each once, and
 * of a group only the first. A candidate that appears meanwhile waits, and replaces one that waits already.
 */
final class Gate {

    private static final String OPEN = "open";
    private static final String GROUP = "group/";

    private final GatePolicy policy;
    private final long evaluationEvery;
    private final GateState state;
    private final Arrivals arrivals;
    private final Ledger ledger;
    private final Consumer<SpecificRecord> out;

    /**
     * @param evaluationEvery pairs between two reports on an open trial, at least 1
     * @param out takes Trial, Pair, Evaluation and ChampionUpdate records, in order
     */
    Gate(GatePolicy policy, long evaluationEvery, GateState state, Consumer<SpecificRecord> out) {
        this.policy = policy;
        this.evaluationEvery = evaluationEvery;
        this.state = state;
        this.arrivals = new Arrivals(state.counters(), policy.lookback());
        this.ledger = new Ledger(state.counters());
        this.out = out;
    }

    /** A checkpoint was published. The first one ever is champion; later ones wait for a trial. */
    void checkpoint(CheckpointManifest manifest, Instant time) {
        Reign reign = reign();
        if (manifest.getSequence() <= reign.newestManifest()) {
            return; // seen already
        }
        reign = reign.saw(manifest.getSequence());
        if (state.manifests().get(CHAMPION.name()) == null) {
            reign = reign.crowned();
            state.manifests().put(CHAMPION.name(), manifest);
            out.accept(GateRecords.initial(reign.sequence(), manifest, time));
        } else {
            state.manifests().put(WAITING.name(), manifest);
        }
        save(reign);
        yieldToWaiting(time);
        openNext(time);
    }

    /** A held-out example arrived. */
    void arrived(int partition, long offset) {
        if (offset < arrivals.ends().of(partition)) {
            return; // seen already
        }
        arrivals.add(partition, offset);
        Trial trial = state.trials().get(OPEN);
        if (trial == null || offset < first(trial).of(partition)) {
            return;
        }
        Progress progress = progress(trial).expectOneMore();
        boolean answered = state.scores().get(ScoreKey.of(trial.getChampion(), partition, offset)) != null
                && state.scores().get(ScoreKey.of(trial.getCandidate(), partition, offset)) != null;
        save(answered ? progress.doneOneMore() : progress); // its scores may have come first
    }

    /** A checkpoint was scored on a held-out example. Scores seen before, and those of other checkpoints, change nothing. */
    void scored(ExampleScore score, Instant time) {
        Trial trial = state.trials().get(OPEN);
        if (trial == null) {
            keepForLater(score);
            return;
        }
        boolean ofCandidate = score.getCheckpoint().equals(trial.getCandidate());
        boolean inTrial = ofCandidate || score.getCheckpoint().equals(trial.getChampion());
        if (!inTrial
                || score.getOffset() < first(trial).of(score.getPartition())
                || state.scores().get(ScoreKey.of(score)) != null) {
            return;
        }
        Optional<String> objection = ledger.objection(score, trial);
        if (ofCandidate && objection.isPresent()) {
            fail(trial, Verdict.candidateFailed(objection.get()), time);
            return;
        }
        state.scores().put(ScoreKey.of(score), score);
        String otherId = ofCandidate ? trial.getChampion() : trial.getCandidate();
        ExampleScore other = state.scores().get(ScoreKey.of(otherId, score.getPartition(), score.getOffset()));
        if (other != null) {
            complete(trial, ofCandidate ? other : score, ofCandidate ? score : other, time);
        }
    }

    /** Nothing has happened for a moment: says so once if the open trial has used up every example there is. */
    void idle(Instant time) {
        Trial trial = state.trials().get(OPEN);
        if (trial != null && progress(trial).newlyExhausted()) {
            Progress progress = progress(trial).announce();
            save(progress);
            report(trial, progress, Verdict.EXHAUSTED, time);
            yieldToWaiting(time); // the last score may have made no pair
        }
    }

    private void complete(Trial trial, ExampleScore champion, ExampleScore candidate, Instant time) {
        Progress progress = progress(trial).use(candidate.getPartition(), candidate.getOffset());
        if (candidate.getOffset() < arrivals.ends().of(candidate.getPartition())) {
            progress = progress.doneOneMore();
        }
        if (ledger.objection(champion, trial).isPresent()) {
            save(progress);
            return;
        }
        Optional<Verdict> mismatch = ledger.mismatch(champion, candidate, trial);
        if (mismatch.isPresent()) {
            fail(trial, mismatch.get(), time);
            return;
        }
        if (!ledger.comparable(candidate, trial) || !firstOfGroup(candidate)) {
            save(progress);
            return;
        }
        Pair pair = GateRecords.pair(trial, progress.pairs(), champion, candidate, null);
        out.accept(pair);
        progress = ledger.fold(progress, pair, trial);
        save(progress);
        judge(trial, progress, time);
    }

    private void fail(Trial trial, Verdict verdict, Instant time) {
        report(trial, progress(trial), verdict, time);
        close(trial, "failed", time);
    }

    private void judge(Trial trial, Progress progress, Instant time) {
        Verdict verdict = ledger.judge(progress, trial);
        if (verdict.decision() != Verdict.Decision.DEFER || progress.pairs() % evaluationEvery == 0) {
            report(trial, progress, verdict, time);
        }
        switch (verdict.decision()) {
            case PROMOTE -> promote(trial, progress, time);
            case KEEP -> close(trial, "futile", time);
            case DEFER -> yieldToWaiting(time);
        }
    }

    /**
     * Ends a trial that has seen every example there is, enough of them, and is still undecided, once a newer candidate waits:
     * that one starts on all the same examples. So no trial is ended before it has seen what there is, however fast checkpoints
     * come; and a candidate that is hardly better than the champion does not keep out the much better ones behind it.
     */
    private void yieldToWaiting(Instant time) {
        Trial trial = state.trials().get(OPEN);
        if (trial == null || state.manifests().get(WAITING.name()) == null) {
            return;
        }
        Progress progress = progress(trial);
        if (progress.exhausted() && progress.pairs() >= trial.getPatience()) {
            report(trial, progress, Verdict.YIELD, time);
            close(trial, "abandoned", time);
        }
    }

    private void promote(Trial trial, Progress progress, Instant time) {
        CheckpointManifest candidate = known(state.manifests().get(CANDIDATE.name()), "the candidate's manifest");
        Reign reign = reign().promoted(progress.used());
        save(reign);
        ModelScore decisive = ledger.score(CANDIDATE, progress);
        out.accept(GateRecords.promotion(reign.sequence(), candidate, trial, decisive, time));
        state.manifests().put(CHAMPION.name(), candidate);
        close(trial, "promoted", time);
    }

    private void close(Trial trial, String outcome, Instant time) {
        out.accept(GateRecords.closed(trial, outcome, time));
        String loser = outcome.equals("promoted") ? trial.getChampion() : trial.getCandidate();
        state.scores().removeAll(ScoreKey.prefix(loser));
        state.trials().remove(OPEN);
        state.manifests().remove(CANDIDATE.name());
        state.counters().remove(Progress.KEY);
        state.counters().removeAll(GROUP);
        ledger.clear();
        openNext(time);
    }

    private void openNext(Instant time) {
        CheckpointManifest champion = state.manifests().get(CHAMPION.name());
        CheckpointManifest candidate = state.manifests().get(WAITING.name());
        if (champion == null || candidate == null || state.trials().get(OPEN) != null) {
            return;
        }
        Reign reign = reign().opened();
        save(reign);
        Offsets first = arrivals.first(reign.decided());
        double alpha = policy.level(reign.trials(), reign.promotions());
        Trial trial = GateRecords.open(reign, policy, alpha, champion, candidate, first, time);
        forgetScoresBefore(first, champion.getId());
        state.manifests().put(CANDIDATE.name(), candidate);
        state.manifests().remove(WAITING.name());
        state.trials().put(OPEN, trial);
        save(Progress.begin(trial, arrivals.countFrom(first), first));
        out.accept(trial);
        if (!candidate.getObjective().equals(trial.getObjective())) {
            fail(trial, Verdict.objectiveDiffers(candidate.getObjective(), trial.getObjective()), time);
        }
    }

    /** The champion's scores serve its later trials too, so a held-out example is scored once a checkpoint. */
    private void keepForLater(ExampleScore score) {
        CheckpointManifest champion = state.manifests().get(CHAMPION.name());
        if (champion != null && score.getCheckpoint().equals(champion.getId())) {
            state.scores().put(ScoreKey.of(score), score);
        }
    }

    private void forgetScoresBefore(Offsets first, String checkpoint) {
        for (String key : state.scores().keys(ScoreKey.prefix(checkpoint))) {
            if (ScoreKey.offset(key) < first.of(ScoreKey.partition(key))) {
                state.scores().remove(key);
            }
        }
    }

    private boolean firstOfGroup(ExampleScore score) {
        if (score.getGroup() == null) {
            return true;
        }
        String key = GROUP + score.getGroup();
        boolean first = state.counters().get(key) == null;
        if (first) {
            state.counters().put(key, new long[] {score.getPartition(), score.getOffset()});
        }
        return first;
    }

    private void report(Trial trial, Progress progress, Verdict verdict, Instant time) {
        out.accept(ledger.evaluation(trial, progress, verdict, time));
    }

    private static Offsets first(Trial trial) {
        return new Offsets(trial.getFirstOffsets());
    }

    private Reign reign() {
        return Reign.fromLongs(state.counters().get(Reign.KEY));
    }

    private void save(Reign reign) {
        state.counters().put(Reign.KEY, reign.toLongs());
    }

    private Progress progress(Trial trial) {
        return Progress.fromLongs(known(state.counters().get(Progress.KEY), "the progress of the open trial"), trial);
    }

    private void save(Progress progress) {
        state.counters().put(Progress.KEY, progress.toLongs());
    }

    private static <T> T known(@Nullable T value, String what) {
        return Objects.requireNonNull(value, () -> what + " is missing from the gate's state");
    }
}

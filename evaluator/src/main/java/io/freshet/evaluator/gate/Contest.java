package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.GateState.Role.CANDIDATE;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The open trial of a candidate: judges it after every pair, reports on it, and says when it must end. */
final class Contest {

    private final Comparison comparison;
    private final long evaluationEvery;
    private final Consumer<SpecificRecord> out;

    /**
     * @param evaluationEvery pairs between two reports, at least 1
     * @param out takes Evaluation records
     */
    Contest(Comparison comparison, long evaluationEvery, Consumer<SpecificRecord> out) {
        this.comparison = comparison;
        this.evaluationEvery = evaluationEvery;
        this.out = out;
    }

    @Nullable
    Trial open() {
        return comparison.open();
    }

    /** Begins; returns by what the trial must end at once, if it must. */
    Optional<Ending> begin(Trial trial, CheckpointManifest candidate, Instant time) {
        comparison.begin(trial);
        if (!candidate.getObjective().equals(trial.getObjective())) {
            return failed(Verdict.objectiveDiffers(candidate.getObjective(), trial.getObjective()), time);
        }
        Optional<Ending> ending = Optional.empty();
        for (Answers answers : comparison.answered()) {
            ending = ending.isPresent() ? ending : complete(answers, time);
        }
        return ending;
    }

    void arrived(int partition, long offset) {
        comparison.arrived(partition, offset);
    }

    /** A score came that was not there before; returns by what the trial must end now, if it must. */
    Optional<Ending> scored(ExampleScore score, Instant time) {
        if (!comparison.concerns(score)) {
            return Optional.empty();
        }
        Trial trial = comparison.known();
        Optional<String> objection = comparison.ledger().objection(score, trial);
        if (objection.isPresent() && score.getCheckpoint().equals(trial.getCandidate())) {
            return failed(Verdict.candidateFailed(objection.get()), time);
        }
        if (score.getCheckpoint().equals(Comparison.thirdAnchor(trial)) && comparison.breaks(score)) {
            return failed(anchorFailed(trial, objection.orElse("")), time);
        }
        return comparison.answers(score.getPartition(), score.getOffset()).flatMap(one -> complete(one, time));
    }

    /** Says once that the trial has used up every example there is. */
    void idle(Instant time) {
        if (comparison.open() != null && comparison.progress().newlyExhausted()) {
            comparison.save(comparison.progress().announce());
            report(Verdict.EXHAUSTED, time);
        }
    }

    /**
     * A newer candidate waits: ends a trial that has seen every example there is, enough of them, and is still undecided. The newer
     * one starts on all the same examples. So no trial is ended before it has seen what there is, however fast checkpoints come;
     * and a candidate that is hardly better than the champion does not keep out the much better ones behind it.
     */
    Optional<Ending> giveWay(Instant time) {
        Progress progress = comparison.progress();
        if (progress.exhausted() && progress.pairs() >= comparison.known().getPatience()) {
            report(Verdict.YIELD, time);
            return Optional.of(Ending.yielded());
        }
        return Optional.empty();
    }

    /** Publishes where the trial stands. */
    void report(Verdict verdict, Instant time) {
        out.accept(comparison.ledger().evaluation(comparison.known(), comparison.progress(), verdict, time));
    }

    /** Returns what the open trial is held to. */
    Rules rules() {
        return comparison.ledger().rules(comparison.known());
    }

    /** Returns the candidate with the figures it has reached. */
    Passed reached(CheckpointManifest candidate) {
        Progress progress = comparison.progress();
        return Passed.of(
                candidate, comparison.known(), comparison.ledger().score(CANDIDATE, progress), progress.used());
    }

    /** Ends the trial; returns it closed. */
    Trial end(String outcome, Instant time) {
        return comparison.end(outcome, time);
    }

    /** A person gives up the candidate that has passed a trial. */
    void reject(Passed passed, Instant time) {
        comparison.close(passed.trial(), "rejected", time);
    }

    private Optional<Ending> complete(Answers answers, Instant time) {
        comparison.use(answers);
        Trial trial = comparison.known();
        Ledger ledger = comparison.ledger();
        ExampleScore anchor = answers.anchor();
        if (ledger.objection(answers.champion(), trial).isPresent()
                || (anchor != null && ledger.objection(anchor, trial).isPresent())) {
            return Optional.empty();
        }
        Optional<Verdict> mismatch = ledger.mismatch(answers.champion(), answers.candidate(), trial);
        if (mismatch.isPresent()) {
            return failed(mismatch.get(), time);
        }
        return comparison.makesPair(answers) ? judge(comparison.fold(answers), trial, time) : Optional.empty();
    }

    private Optional<Ending> judge(Progress progress, Trial trial, Instant time) {
        Verdict verdict = comparison.ledger().judge(progress, trial);
        boolean decided = verdict.decision() != Verdict.Decision.DEFER;
        if (decided || progress.pairs() % evaluationEvery == 0) {
            report(verdict, time);
        }
        return decided ? Optional.of(Ending.judged(verdict)) : Optional.empty();
    }

    private Optional<Ending> failed(Verdict verdict, Instant time) {
        report(verdict, time);
        return Optional.of(Ending.failed(verdict));
    }

    private static Verdict anchorFailed(Trial trial, String why) {
        return new Verdict(
                Verdict.Decision.KEEP,
                Ending.ANCHOR_FAILED,
                "the anchor %s cannot be scored (%s); no trial opens until a person moves it: pin CHECKPOINT"
                        .formatted(trial.getAnchor(), why));
    }
}

package io.freshet.evaluator.gate;

import io.freshet.evaluator.policy.Approval;
import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * What changes when the champion does: who was on trial against it is tried again against the next one, the watch over it ends,
 * and a promotion is watched, while a rollback is not: whom it restores reigned before, and nobody is left to go back to by
 * evidence.
 */
final class Throne {

    private final GatePolicy policy;
    private final Arrivals arrivals;
    private final Succession succession;
    private final Candidates candidates;
    private final Contest contest;
    private final PromotionWatch watch;
    private final Consumer<SpecificRecord> out;

    /** @param out takes ChampionUpdate and Decision records */
    Throne(
            GatePolicy policy,
            Arrivals arrivals,
            Succession succession,
            Candidates candidates,
            Contest contest,
            PromotionWatch watch,
            Consumer<SpecificRecord> out) {
        this.policy = policy;
        this.arrivals = arrivals;
        this.succession = succession;
        this.candidates = candidates;
        this.contest = contest;
        this.watch = watch;
        this.out = out;
    }

    void crown(CheckpointManifest first, Instant time) {
        succession.crown(first);
        out.accept(ReignRecords.initial(sequence(), first, time));
    }

    /** The trial is over. */
    void settle(Ending ending, boolean held, Instant time) {
        if (ending.verdict().decision() != Verdict.Decision.PROMOTE) {
            Trial failed = contest.end(ending.outcome(), time);
            candidates.offTrial();
            if (ending.verdict().reason().equals(Ending.ANCHOR_FAILED)) {
                succession.failAnchor();
                out.accept(ReignRecords.anchorFailed(
                        sequence(), failed, ending.verdict().detail(), time));
            }
            return;
        }
        boolean byPerson = contest.rules().policy().approval() == Approval.PERSON;
        if (byPerson || held) {
            pass(byPerson, time);
        } else {
            promote(time);
        }
    }

    /** A person lets through who has passed. */
    void approve(Passed passed, ControlCommand command, Instant time) {
        candidates.forgetPassed();
        succession.promote(passed.manifest(), passed.used());
        succession.moveAnchor(passed.manifest());
        out.accept(ReignRecords.approval(sequence(), passed, command, time));
        out.accept(ReignRecords.anchorMoved(sequence(), passed.manifest(), command, time));
        succeed(time);
    }

    /** The gate was let go: lets through who has passed meanwhile, where no person has to. */
    void resume(Instant time) {
        Optional<Passed> passed = candidates.passed();
        if (passed.isPresent() && Rules.of(passed.get().trial()).policy().approval() == Approval.AUTOMATIC) {
            candidates.forgetPassed();
            succession.promote(passed.get().manifest(), passed.get().used());
            out.accept(ReignRecords.promotion(sequence(), passed.get(), time));
            succeed(time);
        }
    }

    /** A person brings back an earlier champion. */
    void rollBack(CheckpointManifest to, ControlCommand command, Instant time) {
        CheckpointManifest fallen = succession.reigning();
        succession.restore(to, watch.used());
        out.accept(ReignRecords.rollback(sequence(), to, fallen.getId(), command, time));
        fall(fallen, "a person rolled it back; it can reign again only by: rollback " + fallen.getId(), time);
        watch.breakOff("rolled.back", "a person rolled back the champion", time);
    }

    /** The watch says that the new champion is worse: brings back the one before. */
    private void rollBack(Instant time) {
        Trial over = watch.known();
        CheckpointManifest fallen = succession.reigning();
        CheckpointManifest to = succession
                .earlier(over.getCandidate())
                .orElseThrow(() -> new IllegalStateException(
                        "%s was watched by %s and is not known".formatted(over.getChampion(), over.getCandidate())));
        ModelScore decisive = watch.predecessorScore();
        succession.restore(to, watch.used());
        out.accept(ReignRecords.rollback(sequence(), to, over, decisive, watch.findings(), time));
        fall(fallen, "the watch over it raised an alarm; it can reign again only by: rollback " + fallen.getId(), time);
        watch.end("rolled.back", time);
    }

    /** The watch is over. */
    void settle(WatchEnd end, Instant time) {
        switch (end) {
            case ALARM -> rollBack(time);
            case OVER -> watch.end("watched", time);
            case FAILED -> watch.end("failed", time);
        }
    }

    private void promote(Instant time) {
        Passed reached = contest.reached(candidates.onTrial());
        candidates.dropPassed(Candidates.Dropped.NEWER_REIGNS, time);
        succession.promote(reached.manifest(), reached.used());
        out.accept(ReignRecords.promotion(sequence(), reached, time));
        replaceWatch(time);
        contest.end("promoted", time);
        candidates.offTrial();
        catchUp(time);
    }

    private void pass(boolean byPerson, Instant time) {
        Passed reached = contest.reached(candidates.onTrial());
        Trial closed = contest.end("passed", time);
        candidates.offTrial();
        Passed passed = reached.in(closed);
        candidates.pass(passed, time);
        String id = passed.manifest().getId();
        out.accept(
                byPerson
                        ? ReignRecords.passed(
                                sequence(),
                                passed,
                                "approval.person",
                                "a person decides: approve %s or reject %s".formatted(id, id),
                                time)
                        : ReignRecords.passed(
                                sequence(),
                                passed,
                                "gate.held",
                                "the gate is on hold; resume lets it reign, reject %s does not".formatted(id),
                                time));
    }

    /** A candidate has taken over by another way than its open trial. */
    private void succeed(Instant time) {
        replaceWatch(time);
        tryAgain("abandoned", "champion.moved", time);
        catchUp(time);
    }

    private void fall(CheckpointManifest fallen, String why, Instant time) {
        out.accept(ReignRecords.barred(sequence(), fallen, "rolled.back", why, time));
        Optional<Passed> passed = candidates.passed();
        candidates.forgetPassed();
        passed.ifPresent(one -> candidates.await(one.manifest(), time));
        tryAgain("rolled.back", "rolled.back", time);
    }

    /** Ends the open trial, whose champion does not reign any more; its candidate waits for another one. */
    private void tryAgain(String outcome, String reason, Instant time) {
        if (contest.open() != null) {
            contest.report(new Verdict(Verdict.Decision.KEEP, reason, "its champion does not reign any more"), time);
            contest.end(outcome, time);
            CheckpointManifest candidate = candidates.onTrial();
            candidates.offTrial();
            candidates.await(candidate, time);
        }
    }

    private void replaceWatch(Instant time) {
        watch.breakOff("watched", "a newer champion reigns", time);
        Optional<CheckpointManifest> before = succession.predecessor();
        if (policy.watch().isPresent() && before.isPresent()) {
            Reign reign = succession.reign();
            watch.begin(GateRecords.watch(
                    reign,
                    policy,
                    policy.watch().get(),
                    succession.reigning(),
                    before.get(),
                    arrivals.first(reign.decided()),
                    time));
        }
    }

    private void catchUp(Instant time) {
        watch.catchUp(time).ifPresent(end -> settle(end, time));
    }

    private long sequence() {
        return succession.reign().sequence();
    }
}

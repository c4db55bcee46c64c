package io.freshet.evaluator.gate;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.GateCommand;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Decides which checkpoint reigns. Takes checkpoints, arrivals of held-out examples, scores and people's commands in one order, and
 * says which trials and watches open and close, which pairs count, how they stand, who is champion, and what it answers to people.
 * The same events in the same order give the same records; times are those of the events. Everything remembered is in the
 * tables, so a new gate on the same tables goes on where the old one stopped.
 *
 * <p>One trial is open at a time, and beside it the watch over the last promotion. Both count held-out examples behind those
 * that decided who reigns, each once, and of a group only the first.
 */
final class Gate {

    private static final String WATCH_COUNTERS = "watch/";

    private final GatePolicy policy;
    private final Arrivals arrivals;
    private final ScoreShelf scores;
    private final Succession succession;
    private final Candidates candidates;
    private final Contest contest;
    private final PromotionWatch watch;
    private final Throne throne;
    private final Commands commands;
    private final Orders orders;
    private final Consumer<SpecificRecord> out;

    /** A gate that takes commands without signatures. */
    Gate(GatePolicy policy, long evaluationEvery, GateState state, Consumer<SpecificRecord> out) {
        this(policy, evaluationEvery, CommandCheck.of("", Map.of()), state, out);
    }

    /**
     * @param evaluationEvery pairs between two reports on an open trial or watch, at least 1
     * @param check who may give commands, and what is one
     * @param out takes Trial, Pair, Evaluation, ChampionUpdate and Decision records, in order
     */
    Gate(GatePolicy policy, long evaluationEvery, CommandCheck check, GateState state, Consumer<SpecificRecord> out) {
        this.policy = policy;
        this.out = out;
        Table<long[]> counters = state.counters();
        Table<long[]> ofWatch = new PrefixedTable<>(counters, WATCH_COUNTERS);
        arrivals = new Arrivals(counters, policy.lookback());
        scores = new ScoreShelf(state);
        succession = new Succession(state);
        candidates = new Candidates(state, policy.superseded(), succession, out);
        contest = new Contest(
                new Comparison(Comparison.TRIAL, state, counters, arrivals, scores, out), evaluationEvery, out);
        watch = new PromotionWatch(
                new Comparison(Comparison.WATCH, state, ofWatch, arrivals, scores, out), ofWatch, evaluationEvery, out);
        throne = new Throne(policy, arrivals, succession, candidates, contest, watch, out);
        commands = new Commands(check, counters, succession, candidates);
        orders = new Orders(commands, succession, candidates, contest, throne, out);
    }

    /** A checkpoint was published. The first one ever is champion; later ones wait for a trial. */
    void checkpoint(CheckpointManifest manifest, Instant time) {
        Reign reign = succession.reign();
        if (manifest.getSequence() <= reign.newestManifest()) {
            return; // seen already
        }
        succession.save(reign.saw(manifest.getSequence()));
        CheckpointManifest kept = withoutCourse(manifest);
        if (succession.champion() == null) {
            throne.crown(kept, time);
        } else if (succession.barred(manifest.getId())) {
            String why = "it reigned and was rolled back; it can reign again only by: rollback " + manifest.getId();
            out.accept(ReignRecords.barred(reign.sequence(), manifest, "rolled.back", why, time));
        } else {
            candidates.await(kept, time);
        }
        goOn(time);
    }

    /** A held-out example arrived. */
    void arrived(int partition, long offset) {
        if (offset < arrivals.ends().of(partition)) {
            return; // seen already
        }
        arrivals.add(partition, offset);
        contest.arrived(partition, offset);
        watch.arrived(partition, offset);
    }

    /** A checkpoint was scored on a held-out example. Scores seen before, and those of checkpoints not compared, change nothing. */
    void scored(ExampleScore score, Instant time) {
        if (!scores.take(score)) {
            return;
        }
        Trial watched = watch.open();
        contest.scored(score, time).ifPresent(ending -> throne.settle(ending, commands.held(), time));
        if (Objects.equals(watched, watch.open())) {
            watch.scored(score, time).ifPresent(end -> throne.settle(end, time));
        }
        goOn(time);
    }

    /** Nothing has happened for a moment: says so once if the open trial has used up every example there is. */
    void idle(Instant time) {
        contest.idle(time);
        goOn(time); // the last score may have made no pair
    }

    /** A person gave a command; those to the trainer are not answered. */
    void commanded(ControlCommand command, Instant time) {
        if (!GateCommand.concernsGate(command.getCommand())) {
            return;
        }
        Commands.Ruling ruling = commands.rule(command, contest.open());
        if (ruling.refusal() != null) {
            out.accept(ReignRecords.refused(succession.reign().sequence(), command, ruling.refusal(), time));
        } else if (ruling.order() != null) {
            String done = orders.obey(ruling.order(), command, time);
            out.accept(ReignRecords.accepted(succession.reign().sequence(), command, done, time));
            goOn(time);
        }
    }

    /**
     * A record of the commands' topic is no command.
     *
     * @param what it is instead, in words
     */
    void garbled(String what, Instant time) {
        out.accept(ReignRecords.garbled(succession.reign().sequence(), what, time));
    }

    /** Ends the trial that yields, and opens the next one that may open, until nothing more follows. */
    private void goOn(Instant time) {
        Optional<Ending> ending = next(time);
        while (ending.isPresent()) {
            throne.settle(ending.get(), commands.held(), time);
            ending = next(time);
        }
    }

    private Optional<Ending> next(Instant time) {
        CheckpointManifest champion = succession.champion();
        if (champion == null || !candidates.anyWaits()) {
            return Optional.empty();
        }
        if (contest.open() != null) {
            return contest.giveWay(time);
        }
        boolean anchored = policy.anchorMargin().isPresent();
        if (anchored && succession.anchorFailed()) {
            return Optional.empty(); // nobody can be held against it, and a trial would only use up the error budget
        }
        Reign reign = succession.reign().opened();
        succession.save(reign);
        CheckpointManifest candidate = candidates.next();
        Offsets first = arrivals.first(reign.decided());
        CheckpointManifest anchor = anchored ? succession.anchor() : null;
        Trial trial = GateRecords.open(reign, policy, champion, candidate, anchor, first, time);
        scores.forgetBefore(trial);
        return contest.begin(trial, candidate, time);
    }

    /** Returns a manifest without what grows with the course of training, which is not of use here. */
    private static CheckpointManifest withoutCourse(CheckpointManifest manifest) {
        return CheckpointManifest.newBuilder(manifest)
                .setRanges(List.of())
                .setUnseen(List.of())
                .setCuts(List.of())
                .build();
    }
}

package io.freshet.evaluator.gate;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.GateCommand;
import io.freshet.schemas.Trial;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of people come to, given who reigns: an order, or a refusal. An id that was taken once is refused ever
 * after, so that a signed command cannot be given twice.
 */
final class Commands {

    private static final String TAKEN = "command/";
    private static final String HELD = "held";

    private final CommandCheck check;
    private final Table<long[]> counters;
    private final Succession succession;
    private final Candidates candidates;

    /** The order that a command comes to, or why it comes to none: exactly one of the two. */
    record Ruling(@Nullable Order order, @Nullable Refusal refusal) {
        private static Ruling of(Order order) {
            return new Ruling(order, null);
        }

        private static Ruling refused(String code, String detail) {
            return new Ruling(null, new Refusal(code, detail));
        }
    }

    Commands(CommandCheck check, Table<long[]> counters, Succession succession, Candidates candidates) {
        this.check = check;
        this.counters = counters;
        this.succession = succession;
        this.candidates = candidates;
    }

    /** Whether nothing is promoted until a person says so. */
    boolean held() {
        return counters.get(HELD) != null;
    }

    void hold(boolean hold) {
        if (hold) {
            counters.put(HELD, new long[] {1});
        } else {
            counters.remove(HELD);
        }
    }

    /**
     * Rules on a command and remembers its id.
     *
     * @param open the open trial, if there is one
     */
    Ruling rule(ControlCommand command, @Nullable Trial open) {
        Optional<Refusal> objection = check.objection(command);
        if (objection.isPresent()) {
            return new Ruling(null, objection.get());
        }
        if (counters.get(TAKEN + command.getId()) != null) {
            return Ruling.refused(
                    "command.repeated", "id %s was used before; give the command anew".formatted(command.getId()));
        }
        counters.put(TAKEN + command.getId(), new long[] {command.getTime().toEpochMilli()});
        long reigning = succession.reign().sequence();
        Long seen = command.getChampion();
        if (seen != null && seen != reigning) {
            return Ruling.refused(
                    "champion.moved",
                    "it was given in view of champion %d, and %d reigns; look at it and give the command again if it still holds"
                            .formatted(seen, reigning));
        }
        if (succession.champion() == null) {
            return Ruling.refused("champion.none", "no checkpoint has been published yet; wait for the first");
        }
        return ruleOn(GateCommand.of(command.getCommand()).orElseThrow(), command.getTarget(), open);
    }

    private Ruling ruleOn(GateCommand command, @Nullable String target, @Nullable Trial open) {
        return switch (command) {
            case APPROVE -> approve(named(target));
            case REJECT -> reject(named(target), open);
            case HOLD ->
                held()
                        ? Ruling.refused("already.held", "the gate is on hold already; nothing to do")
                        : Ruling.of(new Order.Hold());
            case RESUME ->
                held()
                        ? Ruling.of(new Order.Resume())
                        : Ruling.refused("not.held", "the gate is not on hold; nothing to do");
            case ROLLBACK -> rollBack(target);
            case PIN -> pin(named(target));
        };
    }

    private Ruling approve(String target) {
        Optional<Passed> passed = candidates.passed();
        if (passed.isPresent() && passed.get().manifest().getId().equals(target)) {
            return Ruling.of(new Order.Approve(passed.get()));
        }
        if (succession.barred(target)) {
            return Ruling.refused(
                    "checkpoint.barred",
                    "%s reigned and was rolled back; to have it back, say so by: rollback %s"
                            .formatted(target, target));
        }
        return Ruling.refused(
                "not.passed",
                "%s has not passed a trial; %s"
                        .formatted(
                                target,
                                passed.map(one -> "what waits for approval is "
                                                + one.manifest().getId())
                                        .orElse("nothing waits for approval")));
    }

    private Ruling reject(String target, @Nullable Trial open) {
        Optional<Passed> passed = candidates.passed();
        if (passed.isPresent() && passed.get().manifest().getId().equals(target)) {
            return Ruling.of(new Order.RejectPassed(passed.get()));
        }
        if (open != null && open.getCandidate().equals(target)) {
            return Ruling.of(new Order.RejectOnTrial(open));
        }
        return candidates
                .waiting(target)
                .map(waiting -> Ruling.of(new Order.RejectWaiting(waiting)))
                .orElseGet(() -> Ruling.refused(
                        "not.candidate",
                        "%s has neither passed, nor is it on trial, nor does it wait for one; nothing to reject"
                                .formatted(target)));
    }

    private Ruling rollBack(@Nullable String target) {
        if (target == null) {
            return succession
                    .predecessor()
                    .map(earlier -> Ruling.of(new Order.RollBack(earlier)))
                    .orElseGet(() -> Ruling.refused(
                            "champion.first",
                            "nobody reigned before %s that was not rolled back; name a checkpoint"
                                    .formatted(succession.reigning().getId())));
        }
        if (succession.reigning().getId().equals(target)) {
            return Ruling.refused("already.champion", "%s reigns; nothing to do".formatted(target));
        }
        return succession
                .earlier(target)
                .map(earlier -> Ruling.of(new Order.RollBack(earlier)))
                .orElseGet(() -> unknown(target));
    }

    private Ruling pin(String target) {
        if (succession.anchor().getId().equals(target) && !succession.anchorFailed()) {
            return Ruling.refused("already.anchor", "%s is the anchor; nothing to do".formatted(target));
        }
        CheckpointManifest reigning = succession.reigning();
        return (reigning.getId().equals(target) ? Optional.of(reigning) : succession.earlier(target))
                .map(known -> Ruling.of(new Order.Pin(known)))
                .orElseGet(() -> unknown(target));
    }

    private static Ruling unknown(String target) {
        return Ruling.refused(
                "checkpoint.unknown",
                "%s never reigned, as far as is remembered; name an earlier champion".formatted(target));
    }

    private static String named(@Nullable String target) {
        return Objects.requireNonNull(target, "a command without its target has an objection");
    }
}

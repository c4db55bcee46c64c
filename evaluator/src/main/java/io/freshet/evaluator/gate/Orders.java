package io.freshet.evaluator.gate;

import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** Does what people order. */
final class Orders {

    private final Commands commands;
    private final Succession succession;
    private final Candidates candidates;
    private final Contest contest;
    private final Throne throne;
    private final Consumer<SpecificRecord> out;

    /** @param out takes Decision records */
    Orders(
            Commands commands,
            Succession succession,
            Candidates candidates,
            Contest contest,
            Throne throne,
            Consumer<SpecificRecord> out) {
        this.commands = commands;
        this.succession = succession;
        this.candidates = candidates;
        this.contest = contest;
        this.throne = throne;
        this.out = out;
    }

    /**
     * Does it.
     *
     * @param command which the order came of
     * @return what was done, in words
     */
    String obey(Order order, ControlCommand command, Instant time) {
        if (order instanceof Order.Approve approve) {
            throne.approve(approve.passed(), command, time);
            return "%s reigns, and is the anchor"
                    .formatted(approve.passed().manifest().getId());
        }
        if (order instanceof Order.RollBack rollBack) {
            String fallen = succession.reigning().getId();
            throne.rollBack(rollBack.to(), command, time);
            return "%s reigns; %s is barred".formatted(rollBack.to().getId(), fallen);
        }
        if (order instanceof Order.Pin pin) {
            return pin(pin.to(), command, time);
        }
        if (order instanceof Order.Hold) {
            commands.hold(true);
            return "nothing is promoted until: resume; trials and the watch go on";
        }
        if (order instanceof Order.Resume) {
            commands.hold(false);
            throne.resume(time);
            return "promotions go on; %s reigns".formatted(succession.reigning().getId());
        }
        return reject(order, command, time);
    }

    private String pin(CheckpointManifest to, ControlCommand command, Instant time) {
        succession.moveAnchor(to);
        out.accept(ReignRecords.anchorMoved(succession.reign().sequence(), to, command, time));
        return "%s is the anchor, from the next trial on".formatted(to.getId());
    }

    private String reject(Order order, ControlCommand command, Instant time) {
        if (order instanceof Order.RejectPassed passed) {
            candidates.forgetPassed();
            contest.reject(passed.passed(), time);
        } else if (order instanceof Order.RejectOnTrial) {
            String why = "%s rejected it: %s".formatted(command.getWho(), command.getReason());
            contest.report(new Verdict(Verdict.Decision.KEEP, "candidate.rejected", why), time);
            contest.end("rejected", time);
            candidates.offTrial();
        } else if (order instanceof Order.RejectWaiting waiting) {
            candidates.remove(waiting.candidate());
        }
        return "%s is given up".formatted(command.getTarget());
    }
}

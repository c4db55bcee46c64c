package io.freshet.cli.stream;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.Decision;
import io.freshet.schemas.GateCommand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people and the gate have settled beside its trials, as the topics tell it. */
final class ControlView implements StreamListener {

    private @Nullable Decision hold;
    private @Nullable Decision passed;
    private @Nullable Decision anchor;
    private @Nullable ChampionUpdate first;
    private long champion;

    @Override
    public void champion(ChampionUpdate update) {
        if (first == null) {
            first = update;
        }
        champion = update.getSequence();
    }

    @Override
    public void decision(Decision decision) {
        switch (decision.getKind()) {
            case "candidate.passed" -> passed = decision;
            case "candidate.superseded", "candidate.barred" -> forget(decision);
            case "anchor.moved" -> anchor = decision;
            case "command.accepted" ->
                GateCommand.of(String.valueOf(decision.getCommand())).ifPresent(command -> obeyed(command, decision));
            default -> {
                // a refused command changes nothing
            }
        }
    }

    private void obeyed(GateCommand command, Decision decision) {
        switch (command) {
            case HOLD -> hold = decision;
            case RESUME -> hold = null;
            case REJECT -> forget(decision);
            default -> {
                // approve, rollback and pin are seen by the champion or the anchor that follows
            }
        }
    }

    private void forget(Decision about) {
        if (passed != null && String.valueOf(passed.getCheckpoint()).equals(about.getCheckpoint())) {
            passed = null;
        }
    }

    /** Returns the hold in force. */
    Optional<Decision> hold() {
        return Optional.ofNullable(hold);
    }

    /** Returns that a candidate has passed and waits; whatever changes the champion ends that. */
    Optional<Decision> passed() {
        return Optional.ofNullable(passed).filter(decision -> decision.getChampion() == champion);
    }

    /** Returns how the anchor was moved last; nothing while it is the first champion. */
    Optional<Decision> anchorMoved() {
        return Optional.ofNullable(anchor);
    }

    /** Returns the first champion. */
    Optional<ChampionUpdate> first() {
        return Optional.ofNullable(first);
    }
}

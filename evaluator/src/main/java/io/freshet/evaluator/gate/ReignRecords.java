package io.freshet.evaluator.gate;

import io.freshet.schemas.ChampionUpdate;
import io.freshet.schemas.CheckpointManifest;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.Decision;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.Trial;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes down who reigns, and what the gate does beside its trials, as the records of its topics. */
final class ReignRecords {

    private ReignRecords() {}

    static ChampionUpdate initial(long sequence, CheckpointManifest champion, Instant time) {
        return update(sequence, champion, "initial", time).build();
    }

    /** On evidence alone. */
    static ChampionUpdate promotion(long sequence, Passed passed, Instant time) {
        return onEvidence(sequence, passed, "promotion", time).build();
    }

    /** On evidence, by a person. */
    static ChampionUpdate approval(long sequence, Passed passed, ControlCommand command, Instant time) {
        return onEvidence(sequence, passed, "approval", time)
                .setWho(command.getWho())
                .setWhy(command.getReason())
                .build();
    }

    /**
     * By the gate itself.
     *
     * @param watch over the promotion that is undone
     * @param decisive what the restored checkpoint did on the watch's pairs
     * @param why in words and figures
     */
    static ChampionUpdate rollback(
            long sequence, CheckpointManifest to, Trial watch, ModelScore decisive, String why, Instant time) {
        Double bits = decisive.getBitsPerToken();
        return update(sequence, to, "rollback", time)
                .setPrevious(watch.getChampion())
                .setTrial(watch.getId())
                .setHeldOutAccuracy(bits == null ? decisive.getAccuracy() : null)
                .setHeldOutBitsPerToken(bits)
                .setWhy(why)
                .build();
    }

    /** By a person. */
    static ChampionUpdate rollback(
            long sequence, CheckpointManifest to, String fallen, ControlCommand command, Instant time) {
        return update(sequence, to, "rollback", time)
                .setPrevious(fallen)
                .setWho(command.getWho())
                .setWhy(command.getReason())
                .build();
    }

    private static ChampionUpdate.Builder onEvidence(long sequence, Passed passed, String reason, Instant time) {
        return update(sequence, passed.manifest(), reason, time)
                .setPrevious(passed.trial().getChampion())
                .setTrial(passed.trial().getId())
                .setHeldOutAccuracy(passed.accuracy())
                .setHeldOutBitsPerToken(passed.bitsPerToken());
    }

    private static ChampionUpdate.Builder update(
            long sequence, CheckpointManifest manifest, String reason, Instant time) {
        return ChampionUpdate.newBuilder()
                .setSequence(sequence)
                .setCheckpoint(manifest.getId())
                .setReason(reason)
                .setStep(manifest.getStep())
                .setTrained(manifest.getTrained())
                .setLabels(manifest.getLabels())
                .setStore(manifest.getStore())
                .setFiles(GateRecords.modelFiles(manifest))
                .setTime(time);
    }

    static Decision accepted(long champion, ControlCommand command, String detail, Instant time) {
        return answer("command.accepted", champion, command, command.getCommand(), detail, time);
    }

    static Decision refused(long champion, ControlCommand command, Refusal refusal, Instant time) {
        return answer("command.refused", champion, command, refusal.code(), refusal.detail(), time);
    }

    /** A record of the topic control that is no command at all. */
    static Decision garbled(long champion, String detail, Instant time) {
        return about("command.refused", champion, "undecodable", detail, time).build();
    }

    private static Decision answer(
            String kind, long champion, ControlCommand command, String reason, String detail, Instant time) {
        return about(kind, champion, reason, detail, time)
                .setCommand(command.getCommand())
                .setCommandId(command.getId())
                .setCheckpoint(command.getTarget())
                .setWho(command.getWho())
                .build();
    }

    static Decision passed(long champion, Passed passed, String reason, String detail, Instant time) {
        return about("candidate.passed", champion, reason, detail, time)
                .setCheckpoint(passed.manifest().getId())
                .setTrial(passed.trial().getId())
                .build();
    }

    static Decision superseded(long champion, CheckpointManifest candidate, Candidates.Dropped why, Instant time) {
        return about("candidate.superseded", champion, why.code(), why.words(), time)
                .setCheckpoint(candidate.getId())
                .build();
    }

    static Decision barred(long champion, CheckpointManifest candidate, String reason, String detail, Instant time) {
        return about("candidate.barred", champion, reason, detail, time)
                .setCheckpoint(candidate.getId())
                .build();
    }

    static Decision anchorMoved(long champion, CheckpointManifest to, ControlCommand command, Instant time) {
        return about("anchor.moved", champion, command.getCommand(), command.getReason(), time)
                .setCheckpoint(to.getId())
                .setCommand(command.getCommand())
                .setCommandId(command.getId())
                .setWho(command.getWho())
                .build();
    }

    static Decision anchorFailed(long champion, Trial trial, @Nullable String detail, Instant time) {
        return about("anchor.failed", champion, "anchor.failed", detail, time)
                .setCheckpoint(trial.getAnchor())
                .setTrial(trial.getId())
                .build();
    }

    private static Decision.Builder about(
            String kind, long champion, String reason, @Nullable String detail, Instant time) {
        return Decision.newBuilder()
                .setKind(kind)
                .setChampion(champion)
                .setReason(reason)
                .setDetail(detail)
                .setTime(time);
    }
}

package io.freshet.evaluator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schemas.CommandSignature;
import io.freshet.schemas.ControlCommand;
import io.freshet.schemas.GateCommand;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandCheckTest {

    private static final String MODEL = "demo";
    private static final KeyPair ANN = newKey();
    private static final CommandCheck OPEN = CommandCheck.of(MODEL, Map.of());
    private static final CommandCheck CLOSED = CommandCheck.of(MODEL, Map.of("ann", ANN.getPublic()));

    @Test
    void hasNothingAgainstAWellFormedCommandOfEachKind() {
        for (GateCommand command : GateCommand.values()) {
            ControlCommand given = given(command.key(), command.allowsTarget() ? "c-1" : null);

            assertThat(OPEN.objection(given)).as(command.key()).isEmpty();
            assertThat(CLOSED.objection(signed(given))).as(command.key()).isEmpty();
        }
    }

    @Test
    void takesARollbackWithoutATarget() {
        assertThat(OPEN.objection(given("rollback", null))).isEmpty();
    }

    @Test
    void refusesWhatIsNoCommand() {
        Refusal refusal = OPEN.objection(given("promote", "c-1")).orElseThrow();

        assertThat(refusal.code()).isEqualTo("command.unknown");
        assertThat(refusal.detail()).contains("promote", "approve", "pin");
        assertThat(codeOf(OPEN, given("Approve", "c-1"))).isEqualTo("command.unknown");
    }

    @Test
    void refusesACommandWithoutAnId() {
        assertThat(codeOf(OPEN, change(given("hold", null)).setId("").build())).isEqualTo("id.missing");
    }

    @Test
    void refusesWhatNamesNoCheckpointWhereOneIsNeeded() {
        for (String command : new String[] {"approve", "reject", "pin"}) {
            assertThat(codeOf(OPEN, given(command, null))).as(command).isEqualTo("target.missing");
            assertThat(codeOf(OPEN, given(command, " "))).as(command).isEqualTo("target.missing");
        }
    }

    @Test
    void refusesACheckpointWhereNoneIsMeant() {
        assertThat(codeOf(OPEN, given("hold", "c-1"))).isEqualTo("target.unexpected");
        assertThat(codeOf(OPEN, given("resume", "c-1"))).isEqualTo("target.unexpected");
    }

    @Test
    void refusesWhatHasNoReasonWhereOneIsNeeded() {
        for (String command : new String[] {"reject", "hold", "rollback"}) {
            ControlCommand given = given(command, command.equals("hold") ? null : "c-1");
            assertThat(codeOf(OPEN, change(given).setReason(null).build()))
                    .as(command)
                    .isEqualTo("reason.missing");
            assertThat(codeOf(OPEN, change(given).setReason(" ").build()))
                    .as(command)
                    .isEqualTo("reason.missing");
        }
    }

    @Test
    void refusesWhatNobodyGives() {
        assertThat(codeOf(OPEN, change(given("resume", null)).setWho("").build()))
                .isEqualTo("who.missing");
    }

    @Test
    void refusesAnUnsignedCommandWhileKeysAreSet() {
        ControlCommand unsigned = given("rollback", null);

        assertThat(codeOf(CLOSED, unsigned)).isEqualTo("signature.missing");
        assertThat(codeOf(CLOSED, change(unsigned).setKeyId("ann").build())).isEqualTo("signature.missing");
        assertThat(codeOf(CLOSED, change(signed(unsigned)).setKeyId(null).build()))
                .isEqualTo("signature.missing");
    }

    @Test
    void refusesAKeyThatItDoesNotKnow() {
        ControlCommand command = CommandSignature.sign(MODEL, given("rollback", null), "eve", ANN.getPrivate());

        Refusal refusal = CLOSED.objection(command).orElseThrow();

        assertThat(refusal.code()).isEqualTo("key.unknown");
        assertThat(refusal.detail()).contains("eve", "[ann]", "control.keys");
    }

    @Test
    void refusesASignatureByAnotherUnderAKnownName() {
        ControlCommand forged = CommandSignature.sign(MODEL, given("rollback", null), "ann", newKey().getPrivate());

        assertThat(codeOf(CLOSED, forged)).isEqualTo("signature.wrong");
    }

    @Test
    void refusesASignatureOverAnotherCommand() {
        ControlCommand signed = signed(given("rollback", "c-1"));

        assertThat(codeOf(CLOSED, change(signed).setTarget("c-2").build())).isEqualTo("signature.wrong");
        assertThat(codeOf(CLOSED, change(signed).setTime(Instant.EPOCH).build()))
                .isEqualTo("signature.wrong");
        assertThat(codeOf(CLOSED, change(signed).setWho("bob").build())).isEqualTo("signature.wrong");
    }

    @Test
    void refusesASignatureToAnotherModel() {
        ControlCommand elsewhere = CommandSignature.sign("other", given("rollback", null), "ann", ANN.getPrivate());

        assertThat(codeOf(CLOSED, elsewhere)).isEqualTo("signature.wrong");
    }

    @Test
    void asksForNoSignatureWhileNoKeysAreSet() {
        ControlCommand signed = signed(given("rollback", null));

        assertThat(OPEN.objection(signed)).isEmpty();
    }

    @Test
    void tellsNothingMoreAboutWhatIsNotProven() {
        ControlCommand unsignedAndMalformed = given("approve", null);

        assertThat(codeOf(CLOSED, unsignedAndMalformed)).isEqualTo("signature.missing");
        assertThat(codeOf(CLOSED, signed(unsignedAndMalformed))).isEqualTo("target.missing");
    }

    private static String codeOf(CommandCheck check, ControlCommand command) {
        return check.objection(command).map(Refusal::code).orElse("none");
    }

    private static ControlCommand given(String command, @Nullable String target) {
        return ControlCommand.newBuilder()
                .setCommand(command)
                .setWho("ann")
                .setReason("worse on cards")
                .setTarget(target)
                .setTime(Instant.ofEpochMilli(1_700_000_000_000L))
                .setId("id-1")
                .setChampion(4L)
                .build();
    }

    private static ControlCommand signed(ControlCommand command) {
        return CommandSignature.sign(MODEL, command, "ann", ANN.getPrivate());
    }

    private static ControlCommand.Builder change(ControlCommand command) {
        return ControlCommand.newBuilder(command);
    }

    private static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

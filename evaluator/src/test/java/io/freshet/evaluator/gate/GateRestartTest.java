package io.freshet.evaluator.gate;

import static io.freshet.evaluator.gate.Given.failed;
import static io.freshet.evaluator.gate.Given.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.evaluator.policy.Approval;
import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.evaluator.policy.Superseded;
import io.freshet.schemas.ChampionUpdate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A gate that is replaced by a new one before every single event says the same as one that never stops. */
class GateRestartTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void saysTheSameWhetherItIsRestartedBetweenAnyTwoEventsOrNot(
            String name, GatePolicy policy, Consumer<GateRun> story, String... reigns) {
        GateRun lasting = new GateRun(policy, false);
        GateRun restarted = new GateRun(policy, true);

        story.accept(lasting);
        story.accept(restarted);

        assertThat(lasting.all(ChampionUpdate.class))
                .extracting(ChampionUpdate::getReason)
                .containsExactly(reigns);
        assertThat(restarted.said()).isEqualTo(lasting.said());
    }

    static Stream<Arguments> stories() {
        return Stream.of(
                Arguments.of(
                        "a promotion, its rollback, and the next promotion",
                        GateRun.watching(),
                        (Consumer<GateRun>) GateRestartTest::rollback,
                        new String[] {"initial", "promotion", "rollback", "promotion"}),
                Arguments.of("people", GateRun.byPerson(), (Consumer<GateRun>) GateRestartTest::people, new String[] {
                    "initial", "approval", "rollback", "rollback"
                }),
                Arguments.of(
                        "an anchor and a queue",
                        GateRun.policy(
                                Approval.AUTOMATIC,
                                Superseded.QUEUE,
                                OptionalDouble.of(0.9),
                                Optional.of(GateRun.WATCH)),
                        (Consumer<GateRun>) GateRestartTest::anchored,
                        new String[] {"initial", "promotion"}));
    }

    private static void rollback(GateRun run) {
        run.arrive(0, 100).publish(0, 1).beats(1, 0, 0, 10).publish(2, 3);
        run.agree(10, 14, 2).beats(0, 1, 10, 40).publish(4).idle();
        run.beats(4, 0, 31, 60).beats(3, 0, 31, 60).idle();
    }

    private static void people(GateRun run) {
        run.arrive(0, 100).publish(0, 1).beats(1, 0, 0, 10).order("approve", id(1));
        run.publish(2).order("hold", null).beats(2, 1, 10, 20).order("reject", id(2));
        run.order("rollback", null).order("rollback", id(1)).order("pin", id(0)).order("rollback", id(9));
        run.garbled("rubbish")
                .order("resume", null)
                .publish(3, 4)
                .order("reject", id(4))
                .idle();
    }

    private static void anchored(GateRun run) {
        run.arrive(0, 100).publish(0, 1);
        for (long offset = 0; run.all(ChampionUpdate.class).size() < 2 && offset < 50; offset++) {
            run.beats(1, 0, offset, offset + 1);
        }
        run.publish(2, 3, 4).agree(60, 65, 0, 1, 2).tell(failed(id(2), 0, 65));
        for (long offset = 66; offset < 76; offset++) {
            run.tell(failed(id(0), 0, offset));
        }
        run.agree(66, 70, 1, 3).idle();
        run.order("pin", id(1)).agree(76, 80, 0, 1, 3).idle();
    }
}

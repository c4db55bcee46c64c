package io.freshet.trainer.learn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * L2-SP (Li, Grandvalet and Davoine, "Explicit inductive bias for transfer learning with convolutional networks", ICML
 * 2018, section 3.1): decay towards the weights that learning started from instead of towards 0. Rows that the head grew
 * since are not pulled.
 */
final class StartingPoint extends Restrained {

    /** Says that the weights to be pulled towards are held: {@code {"format":1,"step":…}}. */
    static final String NAME = "l2-sp.json";

    private static final int FORMAT = 1;

    private final double strength;
    private long heldBefore;

    private StartingPoint(LearningStrategy inner, double strength, long heldBefore) {
        super(inner);
        this.strength = strength;
        this.heldBefore = heldBefore;
    }

    static StartingPoint of(LearningStrategy inner, double strength, Optional<SavedFiles> saved) throws IOException {
        long heldBefore = 0;
        if (saved.isPresent() && Files.exists(saved.get().trainer().resolve(NAME))) {
            Path file = saved.get().trainer().resolve(NAME);
            heldBefore =
                    Json.MAPPER.readTree(Files.readAllBytes(file)).path("step").asLong(0);
            if (heldBefore < 1) {
                throw new IOException("%s does not say at which step the weights were held".formatted(file));
            }
        }
        return new StartingPoint(inner, strength, heldBefore);
    }

    @Override
    Step restrain(List<Learnable> fresh, Step step) {
        if (heldBefore == 0) {
            step.hold();
            heldBefore = step.number();
        }
        return ChangedStep.withSettings(step, plain -> plain.withPull(strength));
    }

    @Override
    Saved ownState() {
        long held = heldBefore;
        return held == 0
                ? Saved.NOTHING
                : directory ->
                        Files.write(directory.resolve(NAME), Json.MAPPER.writeValueAsBytes(new State(FORMAT, held)));
    }

    private record State(int format, long step) {}
}

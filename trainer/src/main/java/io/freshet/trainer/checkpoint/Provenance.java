package io.freshet.trainer.checkpoint;

import io.freshet.schemas.CheckpointManifest;
import java.util.ArrayList;
import java.util.List;

/**
 * What besides the examples decides the weights, byte for byte.
 *
 * @param seed seed of the run
 * @param configHash SHA-256 of the settings that affect the weights
 * @param threads threads of the engine
 * @param cpu CPU model
 * @param engine engine and version
 */
public record Provenance(long seed, String configHash, int threads, String cpu, String engine) {

    static Provenance of(CheckpointManifest manifest) {
        return new Provenance(
                manifest.getSeed(),
                manifest.getConfigHash(),
                manifest.getThreads(),
                manifest.getCpu(),
                manifest.getEngine());
    }

    /** Describes what differs from the provenance of {@code manifest}, one text a difference. */
    public List<String> differencesFrom(CheckpointManifest manifest) {
        Provenance before = of(manifest);
        List<String> differences = new ArrayList<>();
        compare(differences, "seed", before.seed, seed);
        compare(differences, "configuration hash", before.configHash, configHash);
        compare(differences, "engine threads", before.threads, threads);
        compare(differences, "CPU", before.cpu, cpu);
        compare(differences, "engine", before.engine, engine);
        return differences;
    }

    private static void compare(List<String> differences, String what, Object before, Object now) {
        if (!before.equals(now)) {
            differences.add("%s was '%s', is '%s'".formatted(what, before, now));
        }
    }
}

package io.freshet.evaluator.gate;

import io.freshet.evaluator.policy.GatePolicy;
import io.freshet.evaluator.policy.PolicyFile;
import io.freshet.schemas.Evaluation;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Pairs of one trial, folded without a gate around. */
final class Folded {

    private static final String CHAMPION = Given.id(1);
    private static final String CANDIDATE = Given.id(2);

    private final Refold refold;
    private final Trial trial;
    private long index;

    /**
     * @param yaml text of the policy file
     * @param anchor id of the anchor; null for none
     */
    Folded(String yaml, String objective, @Nullable String anchor) {
        GatePolicy policy = PolicyFile.fromYaml(yaml, objective);
        trial = Trial.newBuilder()
                .setId("t000001")
                .setNumber(1)
                .setAlpha(policy.level(1, 0))
                .setFutilityAlpha(policy.futilityAlpha())
                .setChampion(CHAMPION)
                .setCandidate(CANDIDATE)
                .setFirstOffsets(List.of())
                .setMinPairs(policy.minPairs())
                .setMaxPairs(policy.maxPairs())
                .setPatience(policy.patience())
                .setPolicyHash(policy.hash())
                .setPolicy(policy.canonicalJson())
                .setObjective(objective)
                .setMarginBits(policy.marginBits())
                .setState("open")
                .setChampionFiles(List.of())
                .setCandidateFiles(List.of())
                .setStore("file:///nowhere")
                .setAnchor(anchor)
                .setTime(Instant.EPOCH)
                .build();
        refold = new Refold(trial);
    }

    static String champion() {
        return CHAMPION;
    }

    /** Folds a pair of classifiers whose true label is yes. */
    Folded pair(boolean championRight, boolean candidateRight, UnaryOperator<Pair.Builder> special) {
        refold.add(special.apply(blank().setLabel("yes")
                        .setChampionPredicted(championRight ? "yes" : "no")
                        .setCandidatePredicted(candidateRight ? "yes" : "no"))
                .build());
        return this;
    }

    /** Folds a pair of language models with a vocabulary of 1024 pieces. */
    Folded bits(double champion, double candidate, UnaryOperator<Pair.Builder> special) {
        refold.add(special.apply(blank().setLabel("")
                        .setChampionBits(champion)
                        .setCandidateBits(candidate)
                        .setMaxBits(10.0))
                .build());
        return this;
    }

    private Pair.Builder blank() {
        return Pair.newBuilder()
                .setTrial(trial.getId())
                .setIndex(index)
                .setPartition(0)
                .setOffset(index)
                .setExampleId("e" + index++)
                .setChampionProbability(0.5)
                .setCandidateProbability(0.5)
                .setChampionLatencyMicros(100)
                .setCandidateLatencyMicros(100);
    }

    String decision() {
        return refold.decision();
    }

    Evaluation standing() {
        return refold.evaluation();
    }
}

package io.freshet.cli.audit;

import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one model said in a pair.
 *
 * @param predicted its answer; null for language models and where it knows no label
 * @param probability of the true label
 * @param confidence probability of its answer; null where nobody recorded it
 * @param brier Brier score; null where nobody recorded it
 * @param bits bits per token; null for classifiers
 */
record Seat(
        @Nullable String predicted,
        double probability,
        @Nullable Double confidence,
        @Nullable Double brier,
        @Nullable Double bits) {

    /** Which of the models compared. */
    enum Role {
        CHAMPION,
        CANDIDATE,
        ANCHOR;

        /** Returns the roles that a trial's pairs record on their own. */
        static List<Role> of(Trial trial) {
            List<Role> roles = new ArrayList<>(List.of(CHAMPION, CANDIDATE));
            String anchor = trial.getAnchor();
            if (anchor != null && !anchor.equals(trial.getChampion()) && !anchor.equals(trial.getCandidate())) {
                roles.add(ANCHOR);
            }
            return roles;
        }

        String checkpoint(Trial trial) {
            return switch (this) {
                case CHAMPION -> trial.getChampion();
                case CANDIDATE -> trial.getCandidate();
                case ANCHOR -> Objects.requireNonNull(trial.getAnchor(), "a trial without anchor has no such role");
            };
        }

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns what a score says, as far as a pair records it of the role. */
    static Seat of(ExampleScore score, Role role) {
        return new Seat(
                score.getPredicted(),
                score.getProbability(),
                role == Role.ANCHOR ? null : score.getPredictedProbability(),
                score.getBrier(),
                score.getBitsPerToken());
    }

    static Seat of(Pair pair, Role role) {
        return switch (role) {
            case CHAMPION ->
                new Seat(
                        pair.getChampionPredicted(),
                        pair.getChampionProbability(),
                        pair.getChampionConfidence(),
                        pair.getChampionBrier(),
                        pair.getChampionBits());
            case CANDIDATE ->
                new Seat(
                        pair.getCandidatePredicted(),
                        pair.getCandidateProbability(),
                        pair.getCandidateConfidence(),
                        pair.getCandidateBrier(),
                        pair.getCandidateBits());
            case ANCHOR ->
                new Seat(
                        pair.getAnchorPredicted(),
                        Objects.requireNonNullElse(pair.getAnchorProbability(), Double.NaN),
                        null,
                        pair.getAnchorBrier(),
                        pair.getAnchorBits());
        };
    }

    /** Returns a pair with this in the place of what it says of a role. */
    Pair in(Pair pair, Role role) {
        Pair.Builder changed = Pair.newBuilder(pair);
        switch (role) {
            case CHAMPION ->
                changed.setChampionPredicted(predicted)
                        .setChampionProbability(probability)
                        .setChampionConfidence(confidence)
                        .setChampionBrier(brier)
                        .setChampionBits(bits);
            case CANDIDATE ->
                changed.setCandidatePredicted(predicted)
                        .setCandidateProbability(probability)
                        .setCandidateConfidence(confidence)
                        .setCandidateBrier(brier)
                        .setCandidateBits(bits);
            case ANCHOR ->
                changed.setAnchorPredicted(predicted)
                        .setAnchorProbability(probability)
                        .setAnchorBrier(brier)
                        .setAnchorBits(bits);
        }
        return changed.build();
    }

    /** Returns by how much the numbers of the two differ at most; infinite where the answers do. */
    double distance(Seat other) {
        if (!Objects.equals(predicted, other.predicted) || (bits == null) != (other.bits == null)) {
            return Double.POSITIVE_INFINITY;
        }
        double most = Math.abs(probability - other.probability);
        most = Math.max(most, between(confidence, other.confidence));
        most = Math.max(most, between(brier, other.brier));
        most = Math.max(most, between(bits, other.bits));
        return Double.isNaN(most) ? Double.POSITIVE_INFINITY : most;
    }

    private static double between(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null ? 0 : Math.abs(one - other);
    }

    @Override
    public String toString() {
        return bits == null
                ? "'%s' (of the true label %s, of its answer %s, Brier %s)"
                        .formatted(predicted, probability, confidence, brier)
                : bits + " bits per token";
    }
}

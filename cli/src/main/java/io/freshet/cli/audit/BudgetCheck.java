package io.freshet.cli.audit;

import io.freshet.core.config.ConfigException;
import io.freshet.schemas.Trial;
import java.util.ArrayList;
import java.util.List;

/** Whether the level of the trial is what the error budget had left for it. */
final class BudgetCheck {

    /** Levels are computed by the same few operations everywhere; this is far above their rounding. */
    private static final double TOLERANCE = 1e-12;

    private BudgetCheck() {}

    static Check of(CaseFile file) {
        Trial trial = file.opened();
        List<Trial> before = file.trialsBefore().stream()
                .filter(other -> !other.getKind().equals(TrialAccount.WATCH))
                .toList();
        int opened = (int) before.stream().map(Trial::getId).distinct().count();
        int promotions = (int) before.stream()
                .filter(other -> "promoted".equals(other.getOutcome()) || letThrough(other, file))
                .map(Trial::getId)
                .distinct()
                .count();
        List<String> wrong = new ArrayList<>();
        if (trial.getNumber() != opened + 1) {
            wrong.add("the trial says that it is number %d, but %d had opened before it"
                    .formatted(trial.getNumber(), opened));
        }
        try {
            double level = RecordedPolicy.of(trial).level(opened + 1, promotions);
            if (!(Math.abs(level - trial.getAlpha()) <= TOLERANCE * level)) { // written so that NaN fails too
                wrong.add("the trial may spend %s, the budget gives %s".formatted(trial.getAlpha(), level));
            }
        } catch (ConfigException | IllegalStateException e) {
            wrong.add("the level cannot be computed: " + e.getMessage());
        }
        return Check.of(
                "error budget",
                "trial %d, after %d promotion(s), may spend %.6g"
                        .formatted(trial.getNumber(), promotions, trial.getAlpha()),
                wrong);
    }

    /** Whether a candidate that had passed reigned before the trial opened: later trials name it as champion, or the topic does. */
    private static boolean letThrough(Trial passed, CaseFile file) {
        if (!"passed".equals(passed.getOutcome())) {
            return false;
        }
        String candidate = passed.getCandidate();
        boolean reigned = file.opened().getChampion().equals(candidate)
                || file.trialsBefore().stream()
                        .anyMatch(other -> other.getChampion().equals(candidate));
        return reigned
                || file.champions().stream()
                        .anyMatch(champion -> passed.getId().equals(champion.getTrial())
                                && champion.getTime().isBefore(file.opened().getTime()));
    }
}

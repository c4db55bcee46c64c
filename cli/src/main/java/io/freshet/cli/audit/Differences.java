package io.freshet.cli.audit;

import io.freshet.schemas.Evaluation;
import io.freshet.schemas.GuardFinding;
import io.freshet.schemas.ModelScore;
import io.freshet.schemas.SliceScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where two evaluations of the same pairs differ. */
final class Differences {

    /** Of figures, relative to the greater of the reported one and 1. */
    private static final double TOLERANCE = 1e-9;

    private final List<String> found = new ArrayList<>();

    private Differences() {}

    static List<String> counts(Evaluation reported, Evaluation computed) {
        Differences differences = new Differences();
        differences.count(reported, computed);
        return differences.found;
    }

    static List<String> all(Evaluation reported, Evaluation computed) {
        Differences differences = new Differences();
        differences.count(reported, computed);
        differences.evidence(reported, computed);
        differences.score("the champion's", reported.getChampionScore(), computed.getChampionScore());
        differences.score("the candidate's", reported.getCandidateScore(), computed.getCandidateScore());
        differences.slices(reported.getSlices(), computed.getSlices());
        differences.guards(reported.getGuards(), computed.getGuards());
        return differences.found;
    }

    private void count(Evaluation reported, Evaluation computed) {
        same("pairs", reported.getPairs(), computed.getPairs());
        same("wins", reported.getWins(), computed.getWins());
        same("losses", reported.getLosses(), computed.getLosses());
    }

    private void evidence(Evaluation reported, Evaluation computed) {
        close("ln E", reported.getLogEValue(), computed.getLogEValue());
        close("its threshold", reported.getLogThreshold(), computed.getLogThreshold());
        close("ln E of not being worse", reported.getLogEValueWithin(), computed.getLogEValueWithin());
        close("ln E against the anchor", reported.getAnchorLogEValue(), computed.getAnchorLogEValue());
        close("its threshold", reported.getAnchorLogThreshold(), computed.getAnchorLogThreshold());
        close("the interval's lower end", reported.getIntervalLow(), computed.getIntervalLow());
        close("the interval's upper end", reported.getIntervalHigh(), computed.getIntervalHigh());
        close("negative flips", reported.getNegativeFlips(), computed.getNegativeFlips());
        close("the level", reported.getAlpha(), computed.getAlpha());
    }

    private void score(String whose, ModelScore reported, ModelScore computed) {
        close(whose + " accuracy", reported.getAccuracy(), computed.getAccuracy());
        close(whose + " macro F1", reported.getMacroF1(), computed.getMacroF1());
        close(whose + " log-loss", reported.getLogLoss(), computed.getLogLoss());
        close(whose + " bits per token", reported.getBitsPerToken(), computed.getBitsPerToken());
        close(whose + " calibration error", reported.getCalibrationError(), computed.getCalibrationError());
        close(whose + " Brier score", reported.getBrier(), computed.getBrier());
    }

    private void slices(List<SliceScore> reported, List<SliceScore> computed) {
        same("slices", names(reported, SliceScore::getSlice), names(computed, SliceScore::getSlice));
        for (int i = 0; i < Math.min(reported.size(), computed.size()); i++) {
            SliceScore one = reported.get(i);
            SliceScore other = computed.get(i);
            String slice = "slice " + one.getSlice();
            same(slice + ", pairs", one.getPairs(), other.getPairs());
            same(slice + ", wins", one.getWins(), other.getWins());
            same(slice + ", losses", one.getLosses(), other.getLosses());
            same(slice + ", state", one.getState(), other.getState());
            close(slice + ", ln E", one.getLogEValue(), other.getLogEValue());
        }
    }

    private void guards(List<GuardFinding> reported, List<GuardFinding> computed) {
        same("guards", names(reported, GuardFinding::getGuard), names(computed, GuardFinding::getGuard));
        for (int i = 0; i < Math.min(reported.size(), computed.size()); i++) {
            GuardFinding one = reported.get(i);
            GuardFinding other = computed.get(i);
            String guard = "guard " + one.getGuard();
            same(guard + ", state", one.getState(), other.getState());
            close(guard, one.getValue(), other.getValue());
            close(guard + ", limit", one.getLimit(), other.getLimit());
        }
    }

    private static <T> List<String> names(List<T> of, Function<T, String> name) {
        return of.stream().map(name).toList();
    }

    private void same(String what, Object reported, Object computed) {
        if (!reported.equals(computed)) {
            found.add("%s: reported %s, computed %s".formatted(what, reported, computed));
        }
    }

    private void close(String what, @Nullable Double reported, @Nullable Double computed) {
        if (!near(reported, computed)) {
            found.add("%s: reported %s, computed %s".formatted(what, reported, computed));
        }
    }

    private static boolean near(@Nullable Double reported, @Nullable Double computed) {
        if (reported == null || computed == null) {
            return Objects.equals(reported, computed);
        }
        return reported.equals(computed)
                || Math.abs(reported - computed) <= TOLERANCE * Math.max(1, Math.abs(reported));
    }
}

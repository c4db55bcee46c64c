package io.freshet.cli.audit;

import java.util.ArrayList;
import java.util.List;

/** A verification in words: a line for each check, what is wrong below it, and a verdict at the end. */
public final class VerificationText {

    private VerificationText() {}

    public static List<String> of(Verification verification) {
        List<String> lines = new ArrayList<>();
        lines.add("%s, decided by trial %s: %s"
                .formatted(
                        verification.checkpoint(),
                        verification.trial(),
                        ReasonWords.of(String.valueOf(verification.outcome()))));
        for (Check check : verification.checks()) {
            lines.add("%s %s: %s".formatted(check.passed() ? "ok   " : "WRONG", check.subject(), check.summary()));
            check.findings().forEach(finding -> lines.add("        " + finding));
        }
        long wrong =
                verification.checks().stream().filter(check -> !check.passed()).count();
        lines.add(
                wrong == 0
                        ? "VERIFIED: the decision follows from the records and the models"
                        : "NOT VERIFIED: %d of %d checks found something wrong"
                                .formatted(wrong, verification.checks().size()));
        return lines;
    }
}

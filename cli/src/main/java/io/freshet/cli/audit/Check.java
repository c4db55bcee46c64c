package io.freshet.cli.audit;

import java.util.List;

/**
 * One thing that was looked into.
 *
 * @param subject what
 * @param passed whether it is as it should be
 * @param summary what was found, in one sentence
 * @param findings each thing that is wrong, and what could not be looked into
 */
public record Check(String subject, boolean passed, String summary, List<String> findings) {

    public Check {
        findings = List.copyOf(findings);
    }

    /** Returns a check that has passed if nothing is wrong. */
    static Check of(String subject, String summary, List<String> wrong) {
        return new Check(subject, wrong.isEmpty(), summary, wrong);
    }
}

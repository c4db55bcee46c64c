package io.freshet.cli.services;

import java.util.List;

/** Settings that cannot be used; the message lists every problem. */
public final class UnusableSettingsException extends RuntimeException {
    UnusableSettingsException(List<String> problems) {
        super(problems.size() + " configuration problem(s):\n  - " + String.join("\n  - ", problems));
    }
}

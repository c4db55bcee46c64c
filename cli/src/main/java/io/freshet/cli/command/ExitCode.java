package io.freshet.cli.command;

import io.freshet.cli.audit.UnknownCheckpointException;
import io.freshet.cli.input.InputException;
import io.freshet.cli.services.UnusableSettingsException;
import io.freshet.core.config.ConfigException;
import picocli.CommandLine.ParameterException;

/** What the process ends with. */
final class ExitCode {

    static final int DONE = 0;

    /** What was to be verified is not so. */
    static final int NOT_VERIFIED = 1;

    /** The gate refused the command. */
    static final int REFUSED = 1;

    /** The command line, the configuration or the input file cannot be used (sysexits' EX_USAGE). */
    static final int USAGE = 64;

    /** The work began and failed (sysexits' EX_SOFTWARE). */
    static final int FAILED = 70;

    /** The command is sent, but its answer did not come in time (sysexits' EX_TEMPFAIL). */
    static final int UNANSWERED = 75;

    private ExitCode() {}

    static int of(Throwable failure) {
        boolean usage = failure instanceof ParameterException
                || failure instanceof ConfigException
                || failure instanceof org.apache.kafka.common.config.ConfigException
                || failure instanceof UnusableSettingsException
                || failure instanceof InputException
                || failure instanceof UnknownCheckpointException;
        return usage ? USAGE : FAILED;
    }
}

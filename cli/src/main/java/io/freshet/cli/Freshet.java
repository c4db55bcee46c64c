package io.freshet.cli;

import io.freshet.cli.command.FreshetCommand;

/** Where the JVM enters. */
public final class Freshet {

    private Freshet() {}

    public static void main(String... arguments) {
        System.exit(FreshetCommand.line().execute(arguments));
    }
}

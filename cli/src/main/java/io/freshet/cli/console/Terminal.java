package io.freshet.cli.console;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether a person looks at the output. */
final class Terminal {

    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // a console without a terminal is asked for below
    static boolean attached() {
        Console console = System.console();
        if (console == null || System.getenv("TERM") == null) {
            return false;
        }
        try {
            // From Java 22 on there is a console without a terminal too, and a method that tells.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}

package io.freshet.cli.run;

import io.freshet.cli.console.Display;
import io.freshet.cli.services.SettingsForAll;
import io.freshet.cli.stream.Cluster;
import io.freshet.cli.stream.StreamView;

/**
 * What runs, for those who look in from outside.
 *
 * @param settings of all services
 */
public record RunContext(Cluster cluster, SettingsForAll settings, Display display) {

    /** Called at two moments of a run, on its thread. */
    public interface Visitor {

        /** The services run; nothing is published yet. */
        default void started(RunContext context) {}

        /** The run is over; the services still run. */
        default void ended(RunContext context, Report report, StreamView view) {}
    }
}

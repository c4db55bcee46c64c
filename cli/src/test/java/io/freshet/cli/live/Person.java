package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.command.Outcome;
import io.freshet.cli.stream.Cluster;
import java.util.ArrayList;
import java.util.List;

/** Somebody at the command line of a cluster. */
final class Person {

    private final Cluster cluster;
    private final List<String> always;

    /** @param always options that are said with every command to the gate */
    Person(Cluster cluster, String... always) {
        this.cluster = cluster;
        this.always = List.of(always);
    }

    Outcome says(String... command) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(always);
        return here(line);
    }

    /** Looks where the model stands. */
    String looks() {
        return here(List.of("status")).out();
    }

    private Outcome here(List<String> command) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--bootstrap-servers", cluster.bootstrapServers(), "--registry", cluster.registryUrl()));
        Outcome outcome = Outcome.of(line.toArray(String[]::new));
        System.out.printf("$ freshet %s%n%s%s", String.join(" ", command), outcome.out(), outcome.err());
        return outcome;
    }

    /** Says something and expects that it is done. */
    String isObeyed(String... command) {
        Outcome outcome = says(command);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome.out();
    }

    /** Says something and expects that the gate refuses it with that code. */
    void isRefused(String code, String... command) {
        Outcome outcome = says(command);
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(1);
        assertThat(outcome.err()).contains("refused by the gate (%s)".formatted(code));
    }
}

package io.freshet.cli.command;

import io.freshet.cli.backtest.Divided;
import io.freshet.cli.backtest.Groups;
import io.freshet.cli.backtest.Material;
import io.freshet.cli.backtest.MaterialFiles;
import io.freshet.cli.backtest.Order;
import io.freshet.cli.backtest.Sample;
import io.freshet.cli.stream.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is learned from and what is tested with. */
final class MaterialOptions {

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = {
                "Labelled texts in any form that 'freshet run' reads. A file domains.json beside a .json file gives the tasks."
            })
    @Nullable
    Path input;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "Part of a .json file to learn from; train if not said.")
    @Nullable
    String split;

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description = "Labelled texts to test with; another split of the input if not said.")
    @Nullable
    Path test;

    @Option(
            names = "--test-split",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "Part of a .json file to test with; ${DEFAULT-VALUE} if not said. Choose settings with val.")
    String testSplit;

    @Option(
            names = "--hold-out",
            paramLabel = "SHARE",
            description =
                    "Tests with this share of the input instead, which is not learned from; for choices where there"
                            + " is no validation split.")
    @Nullable
    Double heldOut;

    @Option(
            names = "--groups",
            paramLabel = "N",
            description = "Divides the labels into so many groups of equal size, which are the tasks.")
    @Nullable
    Integer groups;

    @Option(
            names = "--groups-seed",
            paramLabel = "SEED",
            description = "Deals labels out to groups in an order drawn from this seed; alphabetically if not said.")
    @Nullable
    Long groupsSeed;

    @Mixin
    RecordedOptions recorded = new RecordedOptions();

    /** Adds a line for everything that is wrong. */
    void check(List<String> problems) {
        if ((input == null) != recorded.fromTopic) {
            problems.add("say either --input FILE or --from-topic");
        }
        if (heldOut != null && !(heldOut > 0 && heldOut < 1)) {
            problems.add("--hold-out %s is outside (0, 1)".formatted(heldOut));
        }
        if (heldOut != null && test != null) {
            problems.add("--test and --hold-out exclude each other");
        }
        BacktestOptions.requireOne("--groups", groups == null ? 1 : groups, problems);
        recorded.check(problems);
    }

    Order usualOrder() {
        return recorded.fromTopic ? Order.FILE : Order.SHUFFLED;
    }

    /** Reads everything. */
    Material read(ConnectionOptions connection) throws IOException {
        Groups tasks = groups == null ? null : new Groups(groups, groupsSeed);
        if (input != null) {
            return new MaterialFiles(input, split, test, testSplit, heldOut).read(tasks);
        }
        Cluster cluster = connection.cluster();
        List<Sample> stream = recorded.stream(cluster);
        if (heldOut != null) {
            return Material.of(Divided.of(stream, heldOut), tasks);
        }
        List<Sample> tests = test == null ? recorded.heldOut(cluster) : MaterialFiles.tests(test, testSplit);
        return Material.of(new Divided(stream, tests), tasks);
    }

    /** Returns what is read, in words. */
    String describe() {
        StringBuilder words = new StringBuilder(input == null ? recorded.describe() : String.valueOf(input));
        if (split != null) {
            words.append(", ").append(split);
        }
        words.append("; tested with ").append(tested());
        return groups == null ? words.toString() : words + "; labels in %d groups".formatted(groups);
    }

    private String tested() {
        if (heldOut != null) {
            return heldOut + " of it, held out";
        }
        if (test != null) {
            return test.toString();
        }
        return input == null ? "examples.heldout" : testSplit;
    }
}

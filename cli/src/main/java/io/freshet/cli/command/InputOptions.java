package io.freshet.cli.command;

import io.freshet.cli.input.InputFile;
import io.freshet.core.config.ModelSettings;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which file of texts, and what is learned from them. */
final class InputOptions {

    @Spec(Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = {
                "Texts with labels: .jsonl ({\"text\", \"label\"} and, if wanted, id, group, task, source, time, attributes),"
                        + " .csv with a header (text and label or category), or .json with splits (see --split);"
                        + " or texts for a language model: any of these without labels, or .txt with one a line."
                        + " Gzip is unpacked."
            })
    Path path;

    @Option(names = "--split", paramLabel = "NAME", description = "Which part of a .json file; train if not said.")
    @Nullable
    String split;

    @Option(names = "--shuffle", paramLabel = "SEED", description = "Publishes in an order drawn from this seed.")
    @Nullable
    Long shuffle;

    @Option(
            names = "--objective",
            paramLabel = "NAME",
            description = {
                "What is learned: ${COMPLETION-CANDIDATES}; the labels of texts if not said. A language model (the last two)"
                        + " learns from texts alone."
            },
            completionCandidates = Objectives.class)
    @Nullable
    String objective;

    /** The names of objectives. */
    static final class Objectives implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ModelSettings.OBJECTIVES.iterator();
        }
    }

    /** Returns the file, whose texts need labels unless a language model is to learn from them. */
    InputFile file() {
        return file(objective == null ? ModelSettings.CLASSIFICATION : known(objective));
    }

    /** Returns the file for an objective that settings name. */
    InputFile file(String settled) {
        return new InputFile(path, split, shuffle, settled.equals(ModelSettings.CLASSIFICATION));
    }

    /**
     * Adds the objective to settings that do not have it.
     *
     * @throws ParameterException if they have another, or if there is none of that name
     */
    Map<String, String> settled(Map<String, String> settings) {
        if (objective == null) {
            return settings;
        }
        String other = settings.getOrDefault(ModelSettings.OBJECTIVE, objective);
        if (!other.equals(known(objective))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--objective %s, but --set %s=%s; leave one of them out"
                            .formatted(objective, ModelSettings.OBJECTIVE, other));
        }
        Map<String, String> all = new TreeMap<>(settings);
        all.put(ModelSettings.OBJECTIVE, objective);
        return all;
    }

    private String known(String name) {
        if (!ModelSettings.OBJECTIVES.contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--objective %s: one of %s is wanted".formatted(name, String.join(", ", ModelSettings.OBJECTIVES)));
        }
        return name;
    }
}

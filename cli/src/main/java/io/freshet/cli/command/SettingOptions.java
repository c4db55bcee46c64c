package io.freshet.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Settings given one by one. */
final class SettingOptions {

    @Spec(Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "A setting of any service, as docs/configuration.md lists them; may be repeated.")
    List<String> settings = new ArrayList<>();

    /**
     * Reads them; the last of several for one key counts.
     *
     * @throws ParameterException naming every one that has no key
     */
    Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                wrong.add("--set %s: key=value is wanted".formatted(setting));
            } else {
                values.put(
                        setting.substring(0, equals).strip(),
                        setting.substring(equals + 1).strip());
            }
        }
        if (!wrong.isEmpty()) {
            CommandLine line = spec.commandLine();
            throw new ParameterException(line, String.join("; ", wrong));
        }
        return values;
    }
}

package io.freshet.cli.input;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** One text a line, without labels; blank lines are skipped. */
final class TextLines implements ExampleSource {

    private final LineReader lines;
    private final ExampleFields fields;
    private final Numbering numbering;

    TextLines(LineReader lines, ExampleFields fields, Numbering numbering) {
        this.lines = lines;
        this.fields = fields;
        this.numbering = numbering;
    }

    @Override
    public @Nullable InputRecord next() throws IOException {
        Line line = lines.next();
        while (line != null && line.blank()) {
            line = lines.next();
        }
        return line == null ? null : read(line);
    }

    private InputRecord read(Line line) {
        String id = numbering.id(line.number());
        if (line.cut()) {
            String problem = "%d bytes are more than %d".formatted(line.size(), Limits.RECORD_BYTES);
            return new InputRecord.Malformed(id, line.number(), problem, line.bytes());
        }
        try {
            return fields.example(id, line.text().strip(), null, null);
        } catch (CharacterCodingException e) {
            return new InputRecord.Malformed(id, line.number(), "not UTF-8", line.bytes());
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

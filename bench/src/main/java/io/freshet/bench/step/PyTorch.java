package io.freshet.bench.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.model.Precision;
import io.freshet.model.TrainingExample;
import io.freshet.model.text.TokenIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** PyTorch's training step on a model of transformers, in a process of its own. */
final class PyTorch implements Contestant {

    static final String NAME = "pytorch";

    private final PythonProcess python;
    private final List<String> labels;
    private final Precision precision;
    private final JsonNode versions;

    /**
     * Loads a model there.
     *
     * @param directory a model whose labels are all there
     * @param labels in the order of the model's head
     * @param threads threads of one operation
     */
    PyTorch(PythonProcess python, Path directory, List<String> labels, Precision precision, int threads, Clock clock)
            throws IOException {
        this.python = python;
        this.labels = labels;
        this.precision = precision;
        this.versions = python.ask(python.question("load", precision.key())
                .put("model", directory.toString())
                .put("precision", precision.key())
                .put("threads", threads)
                .put("clock", clock.key())
                .put("rate", StepRules.RATE)
                .put("decay", StepRules.DECAY)
                .put("clip", StepRules.CLIP)
                .put("seed", StepRules.SEED));
    }

    /** Returns what runs there: {@code torch}, {@code transformers}, {@code parameters}, {@code build}. */
    JsonNode versions() {
        return versions;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public double loss(List<TrainingExample> batch) throws IOException {
        ObjectNode question = python.question("loss", precision.key());
        write(batch, question.putObject("batch"));
        return python.ask(question).get("loss").asDouble();
    }

    @Override
    public StepSeconds run(List<List<TrainingExample>> batches) throws IOException {
        ObjectNode question = python.question("run", precision.key());
        ArrayNode all = question.putArray("batches");
        batches.forEach(batch -> write(batch, all.addObject()));
        JsonNode answer = python.ask(question);
        return new StepSeconds(
                answer.get("total").asDouble(),
                answer.get("data").asDouble(),
                answer.get("forward").asDouble(),
                answer.get("backward").asDouble(),
                answer.get("optimizer").asDouble());
    }

    private void write(List<TrainingExample> batch, ObjectNode into) {
        ArrayNode ids = into.putArray("ids");
        ArrayNode rows = into.putArray("labels");
        for (TrainingExample example : batch) {
            ArrayNode row = ids.addArray();
            for (int id : ((TokenIds) example.input()).ids()) {
                row.add(id);
            }
            rows.add(labels.indexOf(example.label()));
        }
    }

    @Override
    public void close() {
        // its process ends with the race, and the model with it
    }
}

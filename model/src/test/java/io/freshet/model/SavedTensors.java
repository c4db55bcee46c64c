package io.freshet.model;

import io.freshet.model.tensor.SafeTensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a learner writes, read back. */
final class SavedTensors {

    private SavedTensors() {}

    static void save(Trainable model, Path directory) throws IOException {
        try (ModelSnapshot snapshot = model.snapshot()) {
            snapshot.writeModel(directory);
            snapshot.writeOptimizer(directory);
        }
    }

    static Map<String, float[]> read(Path file) throws IOException {
        Map<String, float[]> tensors = new TreeMap<>();
        try (SafeTensorsFile opened = SafeTensorsFile.open(file)) {
            for (String name : opened.names()) {
                tensors.put(name, opened.read(name).toArray());
            }
        }
        return tensors;
    }

    static Map<String, List<Long>> shapes(Path file) throws IOException {
        Map<String, List<Long>> shapes = new TreeMap<>();
        try (SafeTensorsFile opened = SafeTensorsFile.open(file)) {
            opened.names().forEach(name -> shapes.put(name, opened.shape(name).extents()));
        }
        return shapes;
    }

    /** Returns the names of the tensors that differ in any bit. */
    static List<String> changed(Path before, Path after) throws IOException {
        Map<String, float[]> old = read(before);
        Map<String, float[]> young = read(after);
        return young.keySet().stream()
                .filter(name -> !Arrays.equals(old.get(name), young.get(name)))
                .toList();
    }
}

package io.freshet.model.discriminant;

import io.freshet.model.tensor.DurableFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a discriminant goes on from, as two files. {@value #BASE}, which is the same until the covariance is factored
 * again: {@code int} mark, {@code int} width, {@code int} classes, of each class its label ({@code int} bytes, UTF-8), then
 * {@code double}s: the counts, the sums class by class, the triangle row by row. {@value #SINCE}: {@code int} mark, {@code
 * int} batches, of each {@code int} examples, of each its label, {@code double} weight, {@code int} and dense {@code
 * float}s, {@code int} and sparse places ({@code int}) with values ({@code float}). Big-endian.
 */
public final class StatisticsFile {

    static final String BASE = "discriminant.base";
    static final String SINCE = "discriminant.since";

    private static final int BASE_MARK = 0x46444231; // "FDB1"
    private static final int SINCE_MARK = 0x46445331; // "FDS1"

    private StatisticsFile() {}

    /** Returns whether a directory has them. */
    public static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(BASE));
    }

    /** Writes both files; the same arguments always give the same bytes. */
    public static void write(Path directory, ClassStatistics factored, List<List<Seen>> since) throws IOException {
        DurableFile.write(directory.resolve(BASE), bytes(factored));
        DurableFile.write(directory.resolve(SINCE), bytes(since));
    }

    /** Reads both files and goes on from them. */
    public static StreamingDiscriminant read(Path directory, double prior) throws IOException {
        ClassStatistics factored = statistics(directory.resolve(BASE));
        return StreamingDiscriminant.restored(factored, since(directory.resolve(SINCE)), prior);
    }

    private static byte[] bytes(ClassStatistics statistics) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(head);
        out.writeInt(BASE_MARK);
        out.writeInt(statistics.width());
        out.writeInt(statistics.classes());
        for (String label : statistics.labels()) {
            SeenBytes.write(out, label);
        }
        long numbers = statistics.classes() * (1L + statistics.width()) + statistics.products().length;
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(head.size() + Double.BYTES * numbers));
        bytes.put(head.toByteArray());
        DoubleBuffer doubles = bytes.asDoubleBuffer();
        for (int place = 0; place < statistics.classes(); place++) {
            doubles.put(statistics.count(place));
        }
        for (int place = 0; place < statistics.classes(); place++) {
            doubles.put(statistics.sum(place));
        }
        doubles.put(statistics.products());
        return bytes.array();
    }

    private static ClassStatistics statistics(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
        DataInputStream in = new DataInputStream(stream);
        requireMark(file, in.readInt(), BASE_MARK);
        int width = in.readInt();
        int classes = in.readInt();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            labels.add(SeenBytes.label(in));
        }
        DoubleBuffer doubles = ByteBuffer.wrap(bytes, bytes.length - stream.available(), stream.available())
                .slice()
                .asDoubleBuffer();
        long wanted = classes * (1L + width) + (long) width * (width + 1) / 2;
        if (doubles.remaining() != wanted) {
            throw new IOException("%s holds %d numbers; %d features and %d classes need %d: it is not whole"
                    .formatted(file, doubles.remaining(), width, classes, wanted));
        }
        double[] counts = take(doubles, classes);
        List<double[]> sums = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            sums.add(take(doubles, width));
        }
        return new ClassStatistics(width, labels, counts, sums, take(doubles, doubles.remaining()));
    }

    private static double[] take(DoubleBuffer doubles, int count) {
        double[] taken = new double[count];
        doubles.get(taken);
        return taken;
    }

    private static byte[] bytes(List<List<Seen>> since) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(SINCE_MARK);
        out.writeInt(since.size());
        for (List<Seen> batch : since) {
            out.writeInt(batch.size());
            for (Seen seen : batch) {
                SeenBytes.write(out, seen);
            }
        }
        return bytes.toByteArray();
    }

    private static List<List<Seen>> since(Path file) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
        requireMark(file, in.readInt(), SINCE_MARK);
        List<List<Seen>> since = new ArrayList<>();
        int batches = in.readInt();
        for (int i = 0; i < batches; i++) {
            List<Seen> batch = new ArrayList<>();
            int examples = in.readInt();
            for (int j = 0; j < examples; j++) {
                batch.add(SeenBytes.read(in));
            }
            since.add(batch);
        }
        return since;
    }

    private static void requireMark(Path file, int found, int wanted) throws IOException {
        if (found != wanted) {
            throw new IOException(
                    "%s begins with %08x and not %08x: it is of another format, resume with the version that wrote it"
                            .formatted(file, found, wanted));
        }
    }
}

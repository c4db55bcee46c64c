package io.freshet.model.discriminant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An example's features as bytes, big-endian: its label ({@code int} bytes, UTF-8), {@code double} weight, {@code int} and dense
 * {@code float}s, {@code int} and sparse places ({@code int}) with values ({@code float}).
 */
public final class SeenBytes {

    private SeenBytes() {}

    public static void write(DataOutputStream out, Seen seen) throws IOException {
        write(out, seen.label());
        out.writeDouble(seen.weight());
        Features features = seen.features();
        out.writeInt(features.dense().length);
        for (float value : features.dense()) {
            out.writeFloat(value);
        }
        out.writeInt(features.at().length);
        for (int i = 0; i < features.at().length; i++) {
            out.writeInt(features.at()[i]);
            out.writeFloat(features.values()[i]);
        }
    }

    /** Reads back what {@link #write} wrote. */
    public static Seen read(DataInputStream in) throws IOException {
        String label = label(in);
        double weight = in.readDouble();
        float[] dense = new float[in.readInt()];
        for (int i = 0; i < dense.length; i++) {
            dense[i] = in.readFloat();
        }
        int[] at = new int[in.readInt()];
        float[] values = new float[at.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = in.readInt();
            values[i] = in.readFloat();
        }
        return new Seen(label, new Features(dense, at, values), weight);
    }

    static void write(DataOutputStream out, String label) throws IOException {
        byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String label(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(in.readInt());
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

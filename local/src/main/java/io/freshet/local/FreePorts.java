package io.freshet.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports of the loopback interface on which nothing listens. They lie below the range from which Linux takes the
 * ports of outgoing connections, so that none of those can take one between the search and its use.
 */
final class FreePorts {

    private static final int FIRST = 10_240;
    private static final int END = 32_768;
    private static final int ATTEMPTS = 1_000;

    private FreePorts() {}

    /** Returns {@code count} different ports, in no order. */
    static List<Integer> find(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int attempt = 0; held.size() < count; attempt++) {
                hold(ThreadLocalRandom.current().nextInt(FIRST, END), attempt, held);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    /**
     * Returns when nothing listens on {@code port}; 0 is always free.
     *
     * @throws IOException if something does
     */
    static void check(int port) throws IOException {
        try {
            bind(port).close();
        } catch (IOException e) {
            throw new IOException("port %d of 127.0.0.1 is taken".formatted(port), e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true); // as Kafka does: connections of a broker just stopped do not hold the port
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void hold(int port, int attempt, List<ServerSocket> held) throws IOException {
        try {
            held.add(bind(port));
        } catch (IOException e) {
            if (attempt >= ATTEMPTS) {
                throw new IOException(
                        "no free port of 127.0.0.1 in [%d, %d) after %d attempts".formatted(FIRST, END, ATTEMPTS), e);
            }
        }
    }
}

package io.freshet.local;

/**
 * Ports of 127.0.0.1 for a {@link LocalStack}; 0 stands for any that is free.
 *
 * @param broker where Kafka clients connect
 * @param controller of the broker's own metadata quorum; no client needs it
 * @param registry of the schema registry
 */
public record Ports(int broker, int controller, int registry) {

    /** All of them free ones. */
    public static final Ports FREE = new Ports(0, 0, 0);

    public Ports {
        check("broker", broker);
        check("controller", controller);
        check("registry", registry);
    }

    private static void check(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port %s=%d is outside [0, 65535]".formatted(name, port));
        }
    }
}

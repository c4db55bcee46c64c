package io.freshet.local.registry;

/** A request that is answered by an error of the protocol. */
final class RegistryError extends RuntimeException {

    private final int status;
    private final int code;

    private RegistryError(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static RegistryError badRequest(String why) {
        return new RegistryError(400, 400, why);
    }

    static RegistryError noSuchPath(String method, String path) {
        return new RegistryError(404, 404, "HTTP 404 Not Found: %s %s".formatted(method, path));
    }

    static RegistryError noSuchSubject(String subject) {
        return new RegistryError(404, 40401, "Subject '%s' not found.".formatted(subject));
    }

    static RegistryError noSuchVersion(String version) {
        return new RegistryError(404, 40402, "Version %s not found.".formatted(version));
    }

    static RegistryError noSuchSchema() {
        return new RegistryError(404, 40403, "Schema not found");
    }

    static RegistryError noLevel(String subject) {
        return new RegistryError(
                404, 40408, "Subject '%s' does not have subject-level compatibility configured".formatted(subject));
    }

    static RegistryError incompatible(String subject, String why) {
        return new RegistryError(
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"%s\": %s"
                        .formatted(subject, why));
    }

    static RegistryError invalidSchema(String why) {
        return new RegistryError(422, 42201, "Invalid schema: " + why);
    }

    static RegistryError invalidVersion(String version) {
        return new RegistryError(
                422,
                42202,
                "The specified version '%s' is not a valid version id; allowed are positive numbers and \"latest\""
                        .formatted(version));
    }

    static RegistryError invalidLevel(String level) {
        return new RegistryError(422, 42203, "Invalid compatibility level '%s'".formatted(level));
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }
}

package io.freshet.evaluator.gate;

/** The gate's state in memory. */
final class InMemory {

    private InMemory() {}

    static GateState state() {
        return new GateState(new TreeTable<>(), new TreeTable<>(), new TreeTable<>(), new TreeTable<>());
    }
}

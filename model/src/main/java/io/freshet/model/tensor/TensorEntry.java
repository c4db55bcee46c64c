package io.freshet.model.tensor;

/**
 * Where a tensor lies in a safetensors file.
 *
 * @param name name
 * @param type element type
 * @param shape extents
 * @param begin offset of its first byte from the end of the header
 * @param end offset behind its last byte
 */
record TensorEntry(String name, ElementType type, TensorShape shape, long begin, long end) {

    long bytes() {
        return end - begin;
    }
}

package io.freshet.trainer.learn;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How the trainer's files are written: ASCII, so that text that is no valid Unicode survives too. */
final class Json {

    static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}
}

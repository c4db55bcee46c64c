package io.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RejectionReasonTest {

    /** Dashboards and scripts hold on to these codes: one may be added, none may change or be used again. */
    @Test
    void theCodesAreThoseThatWereReleased() {
        assertThat(Arrays.stream(RejectionReason.values()).map(RejectionReason::code))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder(
                        "record.not.avro",
                        "schema.unknown",
                        "schema.incompatible",
                        "record.truncated",
                        "record.too.large",
                        "input.unreadable",
                        "id.blank",
                        "id.conflict",
                        "text.blank",
                        "text.too.long",
                        "input.unsupported",
                        "label.missing",
                        "label.not.allowed",
                        "label.limit",
                        "label.expired",
                        "label.unmatched",
                        "weight.invalid",
                        "time.future",
                        "split.crossing",
                        "split.heldout");
    }
}

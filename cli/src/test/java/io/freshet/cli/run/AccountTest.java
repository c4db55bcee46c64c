package io.freshet.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.stream.StreamView;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountTest {

    @Test
    void balancesWhenEveryRecordIsAccountedForOnce() {
        // 100 = (3 + 2) rejected + 4 duplicates + 11 held out + 80 trained; 82 admitted = 80 trained + 2 rejected later
        Account account = account(100, Map.of("text.blank", 3L, "label.limit", 2L), 4, 11, 82, 80, 2);
        assertThat(account.discrepancies()).isEmpty();
        assertThat(account.ingested()).isTrue();
    }

    @Test
    void namesTheTermsWhenARecordIsMissing() {
        Account account = account(100, Map.of(), 0, 10, 89, 89, 0);
        assertThat(account.discrepancies())
                .containsExactly("published 100, but rejected 0 + duplicates 0 + held out 10 + trained 89 = 99");
    }

    @Test
    void seesAnExampleThatWasAdmittedButNotLearnedFrom() {
        Account account = account(100, Map.of(), 0, 10, 90, 80, 0);
        assertThat(account.discrepancies())
                .contains("admitted for training 90, but trained 80 + rejected in training 0 = 80");
    }

    @Test
    void isNotIngestedWhileARejectionOfTheTrainerStandsInForAMissingRecord() {
        // 100 published; 89 admitted, of which the trainer rejected 1; one record has not come out of ingest yet
        Account account = account(100, Map.of("label.limit", 1L), 0, 10, 89, 88, 1);
        assertThat(account.ingested()).isFalse();
    }

    @Test
    void countsWhatWaitsAndWhatExpiredAmongThePublished() {
        Account account = new Account(100, new TreeMap<>(), 5, 10, 70, 70, 0, 12, 3, 4);
        assertThat(account.discrepancies()).isEmpty();
        assertThat(account.ingested()).isTrue();
    }

    @Test
    void namesWhatWaitsAndWhatExpiredWhenARecordIsMissing() {
        Account account = new Account(100, new TreeMap<>(), 5, 10, 70, 70, 0, 11, 3, 4);
        assertThat(account.discrepancies())
                .containsExactly(
                        "published 100, but rejected 0 + duplicates 5 + held out 10 + trained 70 + waiting 11 + expired 3 = 99");
    }

    @Test
    void correctionsAreNeitherTrainedNorRejectedInWhateverOrderTheTopicsAreRead() {
        StreamView view = new StreamView();
        view.admittedForTraining(0, 0);
        view.rejected(Records.rejected("label.limit", "trainer", "m.examples.train", 0, 2));
        view.corrected(0, 1);
        view.corrected(0, 2);
        view.corrected(0, 3);
        view.rejected(Records.rejected("label.limit", "trainer", "m.examples.train", 0, 3));
        view.rejected(Records.rejected("label.expired", "ingest", "m.examples", 0, 1));
        view.rejected(Records.rejected("label.unmatched", "ingest", "m.labels", 0, 1));
        view.checkpoint(Records.manifest("c1", 1, 2, 2, Records.range(0, 0, 4)));

        Account account = Account.of(view, 3, 0, 1);

        assertThat(account.discrepancies()).isEmpty();
        assertThat(account.trained()).isEqualTo(1);
        assertThat(account.corrections()).isEqualTo(3);
        assertThat(account.expired()).isEqualTo(1);
        assertThat(account.rejected()).isEmpty();
        assertThat(view.labelsRejected()).isEqualTo(1);
    }

    private static Account account(
            long published,
            Map<String, Long> rejected,
            long duplicates,
            long heldOut,
            long admitted,
            long trained,
            long rejectedInTraining) {
        return new Account(
                published,
                new TreeMap<>(rejected),
                duplicates,
                heldOut,
                admitted,
                trained,
                rejectedInTraining,
                0,
                0,
                0);
    }
}

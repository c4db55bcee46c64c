package io.freshet.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class DependencyRulesTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.freshet.ingest");

    @Test
    void decisionsDoNotKnowKafka() {
        noClasses()
                .that()
                .resideInAnyPackage("io.freshet.ingest.admission..", "io.freshet.ingest.labels..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.slf4j..", "io.freshet.core..")
                .check(PRODUCTION);
    }

    @Test
    void decisionsDoNotLookAtTheClock() {
        noClasses()
                .that()
                .resideInAnyPackage("io.freshet.ingest.admission..", "io.freshet.ingest.labels..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(PRODUCTION);
    }

    @Test
    void ingestDoesNotKnowTheModel() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.freshet.model..", "io.freshet.local..", "ai.djl..")
                .check(PRODUCTION);
    }
}

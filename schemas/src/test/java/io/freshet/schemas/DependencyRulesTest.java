package io.freshet.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class DependencyRulesTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.freshet");

    @Test
    void theAgreementsDependOnNothingOfTheProject() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.freshet.schemas..",
                        "java..",
                        "javax..",
                        "org.apache.avro..",
                        "org.apache.kafka.clients.admin..",
                        "org.apache.kafka.common..",
                        "com.fasterxml.jackson..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "jakarta.annotation..")
                .check(PRODUCTION);
    }

    @Test
    void whatComparesTopicsDoesNotKnowKafka() {
        noClasses()
                .that()
                .haveSimpleName("TopicDifferences")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(PRODUCTION);
    }
}

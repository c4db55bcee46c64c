package io.freshet.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class DependencyRulesTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.freshet.core");

    @Test
    void seesNeitherDjlNorStreams() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "org.apache.kafka.streams..")
                .check(PRODUCTION);
    }

    @Test
    void usesOnlyTheConfigurationOfKafka() {
        classes()
                .that()
                .resideInAPackage("io.freshet.core.config")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.freshet.core.config", "org.apache.kafka.common.config..", "org.jspecify..", "java..")
                .check(PRODUCTION);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.freshet.core.config")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(PRODUCTION);
    }
}

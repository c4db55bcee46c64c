package io.freshet.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class DependencyRulesTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.freshet.local");

    @Test
    void theStackKnowsNeitherModelsNorServices() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "ai.djl..",
                        "io.freshet.core..",
                        "io.freshet.model..",
                        "io.freshet.ingest..",
                        "io.freshet.trainer..",
                        "io.freshet.evaluator..",
                        "io.freshet.client..",
                        "io.freshet.cli..")
                .check(PRODUCTION);
    }

    @Test
    void whatTheRegistryDecidesKnowsNeitherKafkaNorHttp() {
        noClasses()
                .that()
                .haveSimpleName("CompatibilityLevel")
                .or()
                .haveSimpleName("RegistryState")
                .or()
                .haveSimpleName("RegistryApi")
                .or()
                .haveSimpleName("RegistryRoutes")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..", "com.sun.net.httpserver..")
                .check(PRODUCTION);
    }

    @Test
    void onlyTheBrokerUsesKafkasServer() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("EmbeddedBroker")
                .and()
                .haveSimpleNameNotStartingWith("BrokerStorage")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.storage..")
                .check(PRODUCTION);
    }
}

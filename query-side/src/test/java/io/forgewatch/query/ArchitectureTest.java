package io.forgewatch.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.forgewatch.query.projection.Fold;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "io.forgewatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule the_query_side_knows_nothing_of_the_command_side = noClasses()
            .that()
            .resideInAPackage("io.forgewatch.query..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.forgewatch.command..");

    @ArchTest
    static final ArchRule only_projection_knows_kafka = noClasses()
            .that()
            .resideInAPackage("io.forgewatch.query..")
            .and()
            .resideOutsideOfPackage("io.forgewatch.query.projection")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "reactor.kafka..");

    /** What no view knows, none has to forget: keys stay on the command side, and names come here sealed. */
    @ArchTest
    static final ArchRule personal_texts_are_nobody_s_here = noClasses()
            .that()
            .resideInAPackage("io.forgewatch.query..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.forgewatch.event.personal");

    @ArchTest
    static final ArchRule controllers_know_no_store = noClasses()
            .that()
            .areAnnotatedWith(RestController.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.mongodb..", "org.bson..");

    @ArchTest
    static final ArchRule folds_are_pure = noClasses()
            .that()
            .implement(Fold.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..", "com.mongodb..", "java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock");

    @ArchTest
    static final ArchRule a_capability_knows_no_other_capability_s_documents = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.forgewatch.query.alarm", "io.forgewatch.query.warning", "io.forgewatch.query.patrol")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.forgewatch.query.enterprise", "io.forgewatch.query.equipment");

    @ArchTest
    static final ArchRule what_serves_all_knows_no_capability = noClasses()
            .that()
            .resideInAnyPackage("io.forgewatch.query.projection", "io.forgewatch.query.web")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.forgewatch.query.alarm",
                    "io.forgewatch.query.warning",
                    "io.forgewatch.query.patrol",
                    "io.forgewatch.query.enterprise",
                    "io.forgewatch.query.equipment",
                    "io.forgewatch.query.telemetry");
}

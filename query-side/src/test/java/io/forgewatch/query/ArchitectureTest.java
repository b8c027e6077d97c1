package io.forgewatch.query;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.standing.StandingStreams;
import java.util.List;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.springframework.context.Lifecycle;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "io.forgewatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final DescribedPredicate<JavaMethodCall> SUBSCRIBES = describe(
            "subscribe to a publisher",
            call -> call.getName().equals("subscribe") && call.getTargetOwner().isAssignableTo(Publisher.class));

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

    /** What fails, or just ends, would be muted for good and nobody told: {@link StandingStreams} begin it again and say so. */
    @ArchTest
    static final ArchRule nobody_subscribes_without_saying_what_happens_when_it_fails = noClasses()
            .that()
            .resideInAPackage("io.forgewatch.query..")
            .should()
            .callMethodWhere(SUBSCRIBES.and(describe(
                    "without a handler of failures",
                    call -> call.getTarget().getRawParameterTypes().isEmpty()
                            || call.getTarget().getRawParameterTypes().stream()
                                    .map(JavaClass::getName)
                                    .toList()
                                    .equals(List.of(Consumer.class.getName())))));

    @ArchTest
    static final ArchRule what_stands_from_start_to_stop_is_a_standing_stream = noClasses()
            .that()
            .resideInAPackage("io.forgewatch.query..")
            .and()
            .areAssignableTo(Lifecycle.class)
            .should()
            .callMethodWhere(SUBSCRIBES.and(
                    describe("in start()", call -> call.getOrigin().getName().equals("start"))));

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

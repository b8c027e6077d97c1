package io.forgewatch.command;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.event.DomainEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;

/** Rules 1 to 4 and 6 of the architecture, for this side. */
@AnalyzeClasses(packages = "io.forgewatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> CAPABILITIES = Set.of(
            "enterprise",
            "equipment",
            "telemetry",
            "connectivity",
            "alarm",
            "risk",
            "warning",
            "feedback",
            "identity",
            "audit");

    private static final DescribedPredicate<JavaClass> DECIDES_OR_REACTS =
            assignableTo(Decider.class).or(assignableTo(Automation.class)).as("decide or react");

    @ArchTest
    static final ArchRule theSharedLanguageKnowsNoSideAndNoFramework = noClasses()
            .that()
            .resideInAPackage("io.forgewatch.event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.forgewatch.command..",
                    "io.forgewatch.query..",
                    "io.forgewatch.web..",
                    "org.springframework..",
                    "reactor..",
                    "org.axonframework..");

    @ArchTest
    static final ArchRule theCommandSideKnowsNoQuerySide = noClasses()
            .that()
            .resideInAPackage("io.forgewatch.command..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.forgewatch.query..", "com.mongodb..", "io.forgewatch.stack..");

    @ArchTest
    static final ArchRule whatDecidesIsPure = noClasses()
            .that()
            .areAssignableTo(Decider.class)
            .or()
            .areAssignableTo(Automation.class)
            .or()
            .areAssignableTo(Command.class)
            .or()
            .areAssignableTo(DomainEvent.class)
            .or()
            .haveNameMatching("io\\.forgewatch\\.command\\.alarm\\.(PointAlarms.*|Breaches|Answers)")
            .or()
            .haveNameMatching(
                    "io\\.forgewatch\\.command\\.risk\\.(Risk(State|Index|Model.*)|OpenAlarm|ScoredAlarm|Assessment)")
            .or()
            .haveNameMatching(
                    "io\\.forgewatch\\.command\\.warning\\.(WarningState.*|OpenWarning.*|Issuing.*|Demanding|Handling|AlarmNote|NotedAlarm|WarningMessage|WarningRules.*)")
            .should()
            .dependOnClassesThat(new DescribedPredicate<JavaClass>("are a framework's, a driver's or a clock") {
                @Override
                public boolean test(JavaClass each) {
                    return each.getPackageName()
                                    .matches(
                                            "(org\\.springframework|reactor|org\\.axonframework|io\\.r2dbc|org\\.apache\\.kafka|java\\.net|java\\.nio\\.file|java\\.sql|java\\.util\\.concurrent)(\\..*)?")
                            || each.getFullName().equals("java.time.Clock");
                }
            });

    @ArchTest
    static final ArchRule nothingThatDecidesAsksForTheTime = noClasses()
            .that()
            .areAssignableTo(Decider.class)
            .or()
            .areAssignableTo(Automation.class)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule capabilitiesUseOthersEventsAndCommandsOnly = classes()
            .that()
            .resideInAnyPackage("io.forgewatch.command..")
            .should(new ArchCondition<JavaClass>("use of another capability its commands only") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    String own = capability(item);
                    if (!CAPABILITIES.contains(own)) {
                        return;
                    }
                    item.getDirectDependenciesFromSelf().forEach(dependency -> {
                        JavaClass target = dependency.getTargetClass();
                        String other = capability(target);
                        if (CAPABILITIES.contains(other)
                                && !other.equals(own)
                                && !target.isAssignableTo(Command.class)
                                && !target.getName().contains("Command$")) {
                            events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                        }
                    });
                }
            });

    @ArchTest
    static final ArchRule onlyTheStoreTheScheduleAndTheAutomationsKnowSql = noClasses()
            .that()
            .resideInAPackage("io.forgewatch.command..")
            .and()
            .resideOutsideOfPackages(
                    "io.forgewatch.command.eventstore..",
                    "io.forgewatch.command.schedule..",
                    "io.forgewatch.command.automation..",
                    "io.forgewatch.command.parking..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.r2dbc..", "org.postgresql..", "java.sql..");

    @ArchTest
    static final ArchRule onlyRelayGatewayDetectionAndTelemetryKnowKafka = noClasses()
            .that()
            .resideInAPackage("io.forgewatch.command..")
            .and()
            .resideOutsideOfPackages(
                    "io.forgewatch.command.relay..",
                    "io.forgewatch.command.gateway..",
                    "io.forgewatch.command.detection..",
                    "io.forgewatch.command.telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "reactor.kafka..");

    /** By their types: a list of them would be one more place to think of. */
    @ArchTest
    static final ArchRule whatDecidesAndReactsIsListedNowhere = noMethods()
            .that()
            .areAnnotatedWith(Bean.class)
            .should()
            .haveRawReturnType(DECIDES_OR_REACTS);

    /** Nested classes are passed over where they are looked for, and of two constructors none is chosen. */
    @ArchTest
    static final ArchRule whatDecidesAndReactsCanBeFound = classes()
            .that()
            .resideInAPackage("io.forgewatch.command..")
            .and(DECIDES_OR_REACTS)
            .and()
            .areNotInterfaces()
            .should()
            .beTopLevelClasses()
            .andShould(new ArchCondition<JavaClass>("have one constructor") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    if (item.getConstructors().size() != 1) {
                        events.add(SimpleConditionEvent.violated(item, item.getName() + " has several constructors"));
                    }
                }
            });

    @ArchTest
    static final ArchRule whatStatesEvolveByIsDeclared = classes()
            .that()
            .implement(Decider.class)
            .should(new ArchCondition<JavaClass>("say in evolvesBy() what its sourcing reads beside state and event") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    boolean declared = item.getMethods().stream()
                            .anyMatch(method -> method.getName().equals("evolvesBy"));
                    if (!declared) {
                        reachedFromSourcing(item).stream()
                                .flatMap(method -> method.getFieldAccesses().stream())
                                .filter(access -> access.getTargetOwner().equals(item))
                                .filter(access -> access.getTarget()
                                        .resolveMember()
                                        .map(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                                        .orElse(true))
                                .forEach(access ->
                                        events.add(SimpleConditionEvent.violated(item, access.getDescription())));
                    }
                }
            });

    private static Set<JavaMethod> reachedFromSourcing(JavaClass item) {
        Set<JavaMethod> reached = new HashSet<>();
        Deque<JavaMethod> ahead = new ArrayDeque<>();
        item.getMethods().stream()
                .filter(method -> method.getName().equals("sourcing"))
                .forEach(ahead::add);
        while (!ahead.isEmpty()) {
            JavaMethod method = ahead.remove();
            if (reached.add(method)) {
                Stream.concat(method.getMethodCallsFromSelf().stream(), method.getMethodReferencesFromSelf().stream())
                        .filter(call -> call.getTargetOwner().equals(item))
                        .flatMap(call -> call.getTarget().resolveMember().stream())
                        .filter(JavaMethod.class::isInstance)
                        .map(JavaMethod.class::cast)
                        .forEach(ahead::add);
            }
        }
        return reached;
    }

    private static String capability(JavaClass each) {
        String prefix = "io.forgewatch.command.";
        if (!each.getPackageName().startsWith(prefix)) {
            return "";
        }
        String rest = each.getPackageName().substring(prefix.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}

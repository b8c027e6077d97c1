package io.forgewatch.log;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.forgewatch.log", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** What checks the proof must not lean on what is checked. */
    @ArchTest
    static final ArchRule needs_nothing_else_of_forgewatch = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.forgewatch.log..", "java..", "org.bouncycastle..", "org.jspecify..");

    @ArchTest
    static final ArchRule formats_know_no_database_and_no_check = noClasses()
            .that()
            .resideInAPackage("io.forgewatch.log")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "io.forgewatch.log.verify..");
}

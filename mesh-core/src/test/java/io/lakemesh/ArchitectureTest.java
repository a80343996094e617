package io.lakemesh;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packages of mesh-core point one way: each knows only those before it. */
class ArchitectureTest {
    private static final String ROOT = "io.lakemesh";
    private static final List<String> ORDER = List.of(
            "error",
            "document",
            "schema",
            "batch",
            "classify",
            "mask",
            "spill",
            "descriptor",
            "predicate",
            "contract",
            "protect",
            "check",
            "policy",
            "policytest",
            "policydiff",
            "provenance",
            "run",
            "audit",
            "history",
            "maintenance",
            "steward",
            "health");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void packagesPointOneWay() {
        for (int i = 0; i < ORDER.size(); i++) {
            String[] later = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(name -> ROOT + "." + name)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + ORDER.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ROOT)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .check(classes);
        }
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> packages = classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        assertThat(packages)
                .containsExactlyInAnyOrderElementsOf(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(ROOT), ORDER.stream().map(name -> ROOT + "." + name))
                        .toList());
    }

    @Test
    void noTechnologyShowsInPublicSignatures() {
        noClasses()
                .that()
                .arePublic()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache..", "com.fasterxml..", "java.sql..")
                .check(classes);
    }
}

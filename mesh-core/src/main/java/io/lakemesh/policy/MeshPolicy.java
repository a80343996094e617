package io.lakemesh.policy;

import io.lakemesh.classify.Proposal;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.descriptor.MeshPolicyDocument;
import io.lakemesh.error.Place;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the mesh's governance group says for every product; a product can only tighten it.
 *
 * @param classifications from the least to the most sensitive; empty where there is no mesh policy
 * @param roles what a role is bound to; one that is not bound is the group of its name
 * @param purposes those that may be stated; empty for any
 * @param rowFilters what every reader's rows must satisfy
 * @param regulations what a product with columns of some classifications must say
 * @param declassifications columns that may be less sensitive than those that they came from
 * @param undeclared what happens to a publish of a column that looks personal, and is classified public or not at all
 */
public record MeshPolicy(
        List<Classification> classifications,
        Map<String, Binding> roles,
        Set<String> purposes,
        List<RowFilter> rowFilters,
        List<Regulation> regulations,
        List<Declassification> declassifications,
        Undeclared undeclared) {
    /** Asks for nothing: contracts' roles alone decide. */
    public static final MeshPolicy NONE =
            new MeshPolicy(List.of(), Map.of(), Set.of(), List.of(), List.of(), List.of(), Undeclared.WARN);

    private static final List<String> USUAL =
            List.of("public", "internal", "confidential", "restricted", "special-category");

    public MeshPolicy {
        classifications = List.copyOf(classifications);
        roles = Map.copyOf(roles);
        purposes = Set.copyOf(purposes);
        rowFilters = List.copyOf(rowFilters);
        regulations = List.copyOf(regulations);
        declassifications = List.copyOf(declassifications);
    }

    /** The groups that have a role, and where that is said. */
    public record Binding(Set<String> groups, Place place) {
        public Binding {
            groups = Set.copyOf(groups);
        }
    }

    /** What happens to a publish that nothing else is wrong with. */
    public enum Undeclared {
        /** It is published, and says so. */
        WARN,
        /** It is refused before anything is committed. */
        REFUSE
    }

    /**
     * A class of columns.
     *
     * @param mask what those see who are not excepted
     * @param exceptions what a role sees instead
     * @param reveal the purposes for which contracts may let roles reveal protected values
     */
    public record Classification(String name, MaskChoice mask, Map<String, MaskChoice> exceptions, Set<String> reveal) {
        public Classification {
            exceptions = Map.copyOf(exceptions);
            reveal = Collections.unmodifiableSet(new TreeSet<>(reveal));
        }

        MaskChoice masksFor(String role) {
            return exceptions.getOrDefault(role, mask);
        }
    }

    /**
     * A filter on the rows of every table of some products. A table that lacks one of its columns cannot be published.
     *
     * @param where in the language of row filters
     * @param products {@code domain/name}, where {@code *} stands for anything
     * @param except the roles that it does not hold for
     */
    public record RowFilter(String id, String where, List<String> products, Set<String> except, Place place) {
        public RowFilter {
            products = List.copyOf(products);
            except = Set.copyOf(except);
        }

        boolean concerns(ProductAddress product) {
            return products.stream().anyMatch(product::matches);
        }
    }

    /**
     * A regulation.
     *
     * @param requires {@code purpose}: every role of the contract names its purposes; {@code retention}: the contract has a
     *     service level {@code retention}; {@code protection}: columns of these classifications are protected
     */
    public record Regulation(String name, Set<String> classifications, Set<String> requires) {
        public Regulation {
            classifications = Set.copyOf(classifications);
            requires = Set.copyOf(requires);
        }
    }

    /**
     * A decision that a column is less sensitive than columns that it came from.
     *
     * @param column the one column
     * @param from what it came from; it stays as sensitive as anything else that it comes from
     * @param to the least that it may be classified as
     * @param place where it is decided
     */
    record Declassification(
            ColumnAddress column,
            List<ColumnAddress> from,
            Classification to,
            String reason,
            String decidedBy,
            Place place) {
        Declassification {
            from = List.copyOf(from);
        }
    }

    /**
     * Reads a policy folder.
     *
     * @throws io.lakemesh.error.InvalidInputException with every problem, each with its place
     */
    public static MeshPolicy read(Path folder) {
        return new MeshPolicyReader(MeshPolicyDocument.read(folder)).read();
    }

    Optional<Classification> classification(String name) {
        return classifications.stream()
                .filter(classification -> classification.name().equals(name))
                .findFirst();
    }

    /** The least sensitive class of this mesh that a proposal can mean; its own word where the mesh has none. */
    public String classificationFor(Proposal proposal) {
        int wanted = USUAL.indexOf(proposal.classification());
        List<String> names = classifications.stream().map(Classification::name).toList();
        return names.stream()
                .filter(name -> USUAL.indexOf(name) >= wanted)
                .findFirst()
                .orElse(names.isEmpty() ? proposal.classification() : names.get(names.size() - 1));
    }

    Set<String> groups(String role) {
        Binding binding = roles.get(role);
        return binding == null ? Set.of(role) : binding.groups();
    }

    /** Whether columns need a classification here. */
    boolean classifies() {
        return !classifications.isEmpty();
    }

    /** The most sensitive of a column's and its parts'; empty where none of them is known here. */
    Optional<Classification> mostSensitive(SchemaProperty property) {
        return property.withParts()
                .flatMap(part -> Optional.ofNullable(part.classification()).flatMap(this::classification).stream())
                .max(Comparator.comparingInt(this::sensitivity));
    }

    int sensitivity(Classification classification) {
        return classifications.indexOf(classification);
    }

    /** The most sensitive of all; of a policy that classifies. */
    Classification strictest() {
        return classifications.get(classifications.size() - 1);
    }
}

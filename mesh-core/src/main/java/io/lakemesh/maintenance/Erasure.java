package io.lakemesh.maintenance;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.QueryEvidence;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.contract.Protection;
import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.History;
import io.lakemesh.history.Release;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.provenance.Input;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Descriptors;
import io.lakemesh.run.ErasureOrder;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.TableErasure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Removes a person's rows from a product, and leaves a receipt. Not thread-safe. */
public final class Erasure {
    private final Lakehouse lakehouse;
    private final Clock clock;
    private final String identity;
    private final KeyRing keys;
    private final ProductAddress product;
    private final List<ProductContract> contracts = new ArrayList<>();
    private final List<Release> releases;
    private final List<RunRecord> runs;

    /**
     * Prepares an erasure.
     *
     * @param keys what protects the domain's values
     * @param described what the product's folder says of it; null if it is known by its address only
     */
    public Erasure(
            Lakehouse lakehouse,
            Clock clock,
            String identity,
            KeyRing keys,
            ProductAddress product,
            @Nullable ProductContract described) {
        this.lakehouse = lakehouse;
        this.clock = clock;
        this.identity = identity;
        this.keys = keys;
        this.product = product;
        Optional<History> history = History.of(product, lakehouse);
        this.releases = history.map(History::all).orElse(List.of());
        this.runs = history.map(History::runs).orElseGet(() -> new Releases(product, lakehouse.blobs()).runs());
        Optional.ofNullable(described).ifPresent(contracts::add);
        Set<Map<String, String>> known = new HashSet<>();
        releases.stream()
                .map(Release::manifest)
                .filter(manifest -> known.add(manifest.descriptors()))
                .map(manifest -> ProductContracts.compile(
                        Descriptors.load(manifest, history.orElseThrow().objects())))
                .forEach(contracts::add);
    }

    /**
     * Erases.
     *
     * @param key the value of each column
     * @throws InvalidInputException if none of the product's tables has the columns, or a column's values were stored so that no
     *     row can be found by them
     */
    public ErasureResult run(Map<String, String> key, String reference) {
        ErasureOrder order = new ErasureOrder(
                product,
                stored(key),
                key.keySet().stream().collect(Collectors.toMap(column -> column, this::names)),
                key.keySet().stream().collect(Collectors.toMap(column -> column, this::sourceNames)),
                setAside(),
                reference,
                identity,
                clock.instant());
        List<TableErasure> tables = lakehouse.erase(order);
        ErasureResult result = new ErasureResult(
                product,
                reference,
                order.at(),
                identity,
                List.copyOf(key.keySet()),
                tables,
                downstream(tables),
                mentions(key));
        new Releases(product, lakehouse.blobs()).recordErasure(reference, result.receipt());
        return result;
    }

    /** The texts that values may be stored as: as they are, and under every key that has protected them. */
    private Map<String, Set<String>> stored(Map<String, String> key) {
        Map<String, Set<String>> stored = new LinkedHashMap<>();
        key.forEach((column, value) -> {
            Set<String> texts = new LinkedHashSet<>(Set.of(value));
            for (Protection protection : protections(column)) {
                if (!(protection instanceof Keyed keyed) || !keyed.kind().isDeterministic()) {
                    throw new InvalidInputException("Cannot erase from " + product + " by column " + column
                            + ": it is protected by " + protection + ", so that no row can be found by its values");
                }
                texts.addAll(keys.protector(keyed.keyName(product.domain()), keyed.kind())
                        .candidates(value));
            }
            stored.put(column, texts);
        });
        return stored;
    }

    /** How a column was protected under any of its names. */
    private Set<Protection> protections(String column) {
        Set<String> names = names(column);
        return columns()
                .filter(known -> names.contains(known.name()))
                .flatMap(known -> Stream.ofNullable(known.protection()))
                .collect(Collectors.toSet());
    }

    /** A column's names: its own, and those before and after it was renamed. */
    private Set<String> names(String column) {
        Set<String> names = new LinkedHashSet<>(Set.of(column));
        int before = 0;
        while (names.size() > before) {
            before = names.size();
            columns().filter(known -> known.renamedFrom() != null).forEach(known -> {
                if (names.contains(known.name()) || names.contains(known.renamedFrom())) {
                    names.addAll(List.of(known.name(), Objects.requireNonNull(known.renamedFrom())));
                }
            });
        }
        return names;
    }

    /** The names that raw input may have for a column. */
    private Set<String> sourceNames(String column) {
        Set<String> names = names(column);
        columns()
                .filter(known -> names.contains(known.name()))
                .toList()
                .forEach(known -> names.add(known.sourceName()));
        return names;
    }

    private Stream<ColumnContract> columns() {
        return contracts.stream()
                .flatMap(contract -> contract.tables().stream())
                .flatMap(table -> table.columns().stream());
    }

    private Set<TableName> setAside() {
        return runs.stream()
                .flatMap(run -> run.quarantine().stream())
                .map(TableVersion::table)
                .collect(Collectors.toSet());
    }

    /** Who reads the tables, who reads theirs, and so on. */
    private List<ProductAddress> downstream(List<TableErasure> erased) {
        Map<ProductAddress, Set<String>> owned = new HashMap<>();
        Map<ProductAddress, Set<String>> read = new LinkedHashMap<>();
        for (ProductAddress other : lakehouse.products()) {
            if (!other.equals(product)) {
                List<Release> all =
                        History.of(other, lakehouse).map(History::all).orElse(List.of());
                owned.put(
                        other,
                        all.stream()
                                .flatMap(release -> release.manifest().tables().stream())
                                .map(version -> version.table().toString())
                                .collect(Collectors.toSet()));
                read.put(
                        other,
                        all.stream()
                                .flatMap(release -> release.manifest().inputs().stream())
                                .flatMap(input -> input.evidence().queried().stream())
                                .flatMap(query -> query.tables().stream())
                                .map(QueryEvidence.TableRead::table)
                                .collect(Collectors.toSet()));
            }
        }
        Set<String> copied =
                erased.stream().map(table -> table.table().toString()).collect(Collectors.toCollection(HashSet::new));
        List<ProductAddress> found = new ArrayList<>();
        boolean more = true;
        while (more) {
            List<ProductAddress> next = read.keySet().stream()
                    .filter(other -> !found.contains(other))
                    .filter(other -> read.getOrDefault(other, Set.of()).stream()
                            .anyMatch(table -> copied.stream().anyMatch(name -> table.endsWith("." + name))))
                    .toList();
            next.forEach(other -> copied.addAll(owned.getOrDefault(other, Set.of())));
            found.addAll(next);
            more = !next.isEmpty();
        }
        return found;
    }

    /** What people named or wrote may hold a value: names of inputs, queries, ids of runs. */
    private List<String> mentions(Map<String, String> key) {
        return runs.stream()
                .filter(run -> Stream.concat(
                                Stream.of(run.runId()), run.inputs().stream().flatMap(Erasure::texts))
                        .anyMatch(text -> key.values().stream().anyMatch(value -> isWordOf(value.strip(), text))))
                .map(run -> run.release() == null
                        ? "the log's entry of a refused run of " + run.finishedAt()
                        : "the manifest of release " + run.release() + ", and its run in the log")
                .toList();
    }

    /** Whether a text has a value that is not part of a longer word. */
    public static boolean isWordOf(String value, String text) {
        return Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }

    private static Stream<String> texts(Input input) {
        InputEvidence evidence = input.evidence();
        return Stream.concat(Stream.of(evidence.name()), evidence.queried().map(QueryEvidence::text).stream());
    }
}

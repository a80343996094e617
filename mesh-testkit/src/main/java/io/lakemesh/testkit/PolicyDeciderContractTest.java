package io.lakemesh.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Grant;
import io.lakemesh.policy.PolicyDecider;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every decision point decides alike. */
public abstract class PolicyDeciderContractTest {
    private static final TableSchema SCHEMA = new TableSchema(
            List.of(
                    Field.optional(4, "region", Primitive.STRING),
                    Field.optional(7, "amount", Primitive.DOUBLE),
                    Field.optional(9, "it's \"odd\"", Primitive.STRING)),
            List.of());

    private static final TablePolicy POLICY = TablePolicies.policy(
            SCHEMA,
            grant("steward", List.of("stewards"), List.of(), Map.of()),
            grant(
                    "officer",
                    List.of("officers", "purpose:operations", "purpose:audit"),
                    List.of("region = subject.region", "\"it's \"\"odd\"\"\" <> 'it''s'"),
                    Map.of()),
            grant(
                    "analyst",
                    List.of("analysts", "officers"),
                    List.of(),
                    Map.of("region", Mask.parse("first(2)"), "amount", Mask.parse("round(1)"))));

    private static Grant grant(String role, List<String> groups, List<String> rows, Map<String, Mask> masks) {
        return TablePolicies.grant(SCHEMA, role, groups, rows, masks);
    }

    /** A decision point that knows these policies. */
    protected abstract PolicyDecider decider(TablePolicy... policies);

    @Test
    void grantsWhatTheFirstRoleOfTheSubjectSees() {
        PolicyDecider decider = decider(POLICY);
        assertThat(role(decider, Subject.of("ada", "stewards", "officers"))).isEqualTo("steward");
        assertThat(role(decider, Subject.of("ada", "analysts"))).isEqualTo("analyst");
    }

    @Test
    void opensARoleByItsPurposeOnly() {
        PolicyDecider decider = decider(POLICY);
        Subject officer = Subject.of("ada", "officers");
        assertThat(role(decider, officer)).isEqualTo("analyst");
        assertThat(role(decider, officer.forPurpose("curiosity"))).isEqualTo("analyst");
        assertThat(role(decider, officer.forPurpose("audit"))).isEqualTo("officer");
    }

    @Test
    void bindsRowFiltersToTheSubject() {
        Decision.Granted granted = granted(decider(POLICY)
                .decide(Subject.of("ada", "officers", "purpose:audit", "region:it's", "region:b"), POLICY));
        assertThat(granted.rows().get(0)).hasToString("region IN ('b', 'it''s')");
        assertThat(granted.rows()).hasSize(2);
    }

    @Test
    void hidesWhatIsMaskedAndWhatItDoesNotKnow() {
        Decision.Granted granted = granted(decider(POLICY).decide(Subject.of("ada", "analysts"), POLICY));
        assertThat(granted.mask(4)).hasToString("first(2)");
        assertThat(granted.mask(7)).hasToString("round(1)");
        assertThat(granted.mask(9)).isEqualTo(Mask.Plain.CLEAR);
        assertThat(granted.mask(5)).isEqualTo(Mask.Plain.NULL);
    }

    @Test
    void revealsWhatTheRoleMay() {
        Grant officer = POLICY.grants().get(1);
        Grant revealing = new Grant(
                "detective",
                Set.of("detectives"),
                officer.purposes(),
                officer.rows(),
                officer.columns(),
                Map.of("region", officer.place()),
                officer.place());
        Map<String, Keyed> reversible = Map.of("region", new Keyed(Kind.TOKENIZE), "amount", new Keyed(Kind.ENCRYPT));
        TablePolicy policy = new TablePolicy(
                POLICY.product(), POLICY.object(), POLICY.table(), List.of(revealing, officer), SCHEMA, reversible);
        PolicyDecider decider = decider(policy);
        Subject subject = Subject.of("ada", "detectives").forPurpose("audit");
        assertThat(granted(decider.decide(subject, policy)).revealable())
                .isEqualTo(Map.of(4, new Keyed(Kind.TOKENIZE)));
        subject = Subject.of("ada", "officers").forPurpose("audit");
        assertThat(granted(decider.decide(subject, policy)).revealable()).isEmpty();
    }

    /** A contract may give a role twice, and see more for the one purpose than for the other. */
    @Test
    void decidesByTheGrantForThePurposeWhereARoleStandsTwice() {
        TablePolicy policy = TablePolicies.policy(
                SCHEMA,
                grant("analyst", List.of("analysts", "purpose:audit"), List.of(), Map.of()),
                grant(
                        "analyst",
                        List.of("analysts", "purpose:statistics"),
                        List.of("region = subject.region"),
                        Map.of("amount", Mask.Plain.NULL)));
        PolicyDecider decider = decider(policy);
        for (String purpose : List.of("audit", "statistics")) {
            Subject subject = Subject.of("ada", "analysts", "region:a").forPurpose(purpose);
            assertThat(decider.decide(subject, policy)).isEqualTo(policy.decide(subject));
        }
    }

    @Test
    void deniesASubjectWithoutARole() {
        PolicyDecider decider = decider(POLICY);
        assertThat(decider.decide(Subject.of("ada"), POLICY)).isInstanceOf(Decision.Denied.class);
        assertThat(decider.decide(Subject.of("stewards", "steward", "STEWARDS"), POLICY))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void deniesEverybodyWhereThereIsNoRole() {
        TablePolicy none = TablePolicies.policy(SCHEMA);
        assertThat(decider(none).decide(Subject.of("ada", "stewards"), none)).isInstanceOf(Decision.Denied.class);
    }

    /** Against the policy's own decision: seeded, 300 subjects of few groups. */
    @Test
    void decidesAsThePolicyDoesForAnybody() {
        PolicyDecider decider = decider(POLICY);
        Random random = new Random(7);
        List<String> groups = List.of(
                "stewards",
                "officers",
                "analysts",
                "purpose:operations",
                "purpose:audit",
                "region:a",
                "region:b'",
                "x");
        for (int i = 0; i < 300; i++) {
            List<String> own = new ArrayList<>(groups);
            own.removeIf(group -> random.nextInt(3) > 0);
            Subject subject = new Subject("user-" + i, new TreeSet<>(own));
            Decision expected = POLICY.decide(subject);
            Decision decided = decider.decide(subject, POLICY);
            if (expected instanceof Decision.Denied) {
                assertThat(decided).as("seed 7, %s", subject).isInstanceOf(Decision.Denied.class);
            } else {
                assertThat(decided).as("seed 7, %s", subject).isEqualTo(expected);
            }
        }
    }

    private static String role(PolicyDecider decider, Subject subject) {
        return granted(decider.decide(subject, POLICY)).role();
    }

    private static Decision.Granted granted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Granted.class);
        return (Decision.Granted) decision;
    }
}

package io.lakemesh.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.policy.Subject;
import io.lakemesh.provenance.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is hashed of a record stays the same for ever: chains of today are checked years later. */
class AuditEntryTest {
    private static final AuditRecord RECORD = AuditRecord.granted(Action.READ)
            .subject(Subject.of("ada", "analysts", "purpose:statistics"))
            .product(new ProductAddress("essex", "stop-and-search"))
            .release(2)
            .columns(List.of("id", "tówn"))
            .role("analyst")
            .build("id-1", Instant.parse("2026-01-31T12:00:00.123456789Z"), "owner");

    @Test
    void theEncodingIsAsItEverWas() {
        String encoded =
                """
                16:lakemesh.audit/1\
                1:1\
                64:0000000000000000000000000000000000000000000000000000000000000000\
                2:id4:id-1\
                10:decided_at27:2026-01-31T12:00:00.123456Z\
                6:action4:read\
                8:decision7:granted\
                5:actor5:owner\
                9:user_name3:ada\
                11:group_names12:["analysts"]\
                8:purposes14:["statistics"]\
                6:domain5:essex\
                7:product15:stop-and-search\
                7:release1:2\
                12:column_names14:["id","tówn"]\
                4:role7:analyst""";

        AuditEntry entry = AuditEntry.after(Head.START, RECORD.texts());

        assertThat(entry.hash())
                .isEqualTo(Digests.of(encoded.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("6831e1fe6ee1a06464a6605cbd7178d6691715eff20e326c993692665b761c6d");
        assertThat(entry.head()).isEqualTo(new Head(1, entry.hash()));
        assertThat(Head.parse(entry.head().position())).isEqualTo(entry.head());
    }

    @Test
    void everyTextCountsAndSoDoThePlaceAndWhatCameBefore() {
        AuditEntry entry = AuditEntry.after(Head.START, RECORD.texts());
        assertThat(entry.fitsItsHash()).isTrue();
        for (String name : AuditColumns.names()) {
            Map<String, String> changed = new LinkedHashMap<>(entry.texts());
            changed.merge(name, "x", String::concat);
            assertThat(with(entry, 1, entry.previous(), changed).fitsItsHash())
                    .as(name)
                    .isFalse();
        }
        Map<String, String> without = new LinkedHashMap<>(entry.texts());
        without.remove("role");
        assertThat(with(entry, 1, entry.previous(), without).fitsItsHash()).isFalse();
        assertThat(with(entry, 2, entry.previous(), entry.texts()).fitsItsHash())
                .isFalse();
        assertThat(with(entry, 1, "1" + entry.previous().substring(1), entry.texts())
                        .fitsItsHash())
                .isFalse();
    }

    private static AuditEntry with(AuditEntry entry, long sequence, String previous, Map<String, String> texts) {
        return new AuditEntry(sequence, previous, entry.hash(), texts);
    }

    @Test
    void aRecordComesBackFromItsRowAsItWas() {
        AuditEntry entry = AuditEntry.after(Head.START, RECORD.texts());

        assertThat(AuditColumns.entry(AuditColumns.LAYOUT.row(entry))).isEqualTo(entry);
    }
}

package io.lakemesh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.schema.DataType.Primitive;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class LongVectorTest {
    @Test
    void keepsTimestampsFarFromToday() {
        Vector zoned = Vector.of(Primitive.TIMESTAMPTZ, 1);
        OffsetDateTime late = OffsetDateTime.parse("9999-12-31T23:59:59.999999Z");
        zoned.set(0, late);
        assertThat(zoned.get(0)).isEqualTo(late);
        Vector local = Vector.of(Primitive.TIMESTAMP, 1);
        LocalDateTime early = LocalDateTime.parse("0001-01-01T00:00:00.000001");
        local.set(0, early);
        assertThat(local.get(0)).isEqualTo(early);
    }
}

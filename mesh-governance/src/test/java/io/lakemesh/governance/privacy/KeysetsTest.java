package io.lakemesh.governance.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import io.lakemesh.contract.Protection.Kind;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysetsTest {
    /** A keyset for tokens of two keys, the second of which is in use. */
    private static KeysetHandle keyset(int earlier, KeyStatus status, int newest) throws GeneralSecurityException {
        Keysets.first();
        return KeysetHandle.newBuilder()
                .addEntry(key(earlier).setStatus(status))
                .addEntry(key(newest).makePrimary())
                .build();
    }

    private static KeysetHandle.Builder.Entry key(int number) throws GeneralSecurityException {
        return KeysetHandle.generateEntryFromParameters(Keysets.parameters(Kind.TOKENIZE))
                .withFixedId(number);
    }

    private static Keysets keysets(KeysetHandle tokens) throws GeneralSecurityException {
        return Keysets.of(Map.of(Kind.TOKENIZE, tokens));
    }

    /** What a tool of Tink's own makes has random numbers, which would not fit before a text. */
    @ParameterizedTest
    @CsvSource({"1, 1000000", "0, 1", "-7, 1", "3, 2"})
    void refusesNumbersThatWereNotGivenOneByOne(int earlier, int newest) throws GeneralSecurityException {
        KeysetHandle tokens = keyset(earlier, KeyStatus.ENABLED, newest);
        assertThatThrownBy(() -> keysets(tokens))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("The keys are not numbered up to the newest");
    }

    @Test
    void leavesAKeyAloneThatIsDisabled() throws GeneralSecurityException {
        assertThat(keysets(keyset(1, KeyStatus.ENABLED, 2)).keys(Kind.TOKENIZE)).containsOnlyKeys(1, 2);
        assertThat(keysets(keyset(1, KeyStatus.DISABLED, 2)).keys(Kind.TOKENIZE))
                .containsOnlyKeys(2);
    }
}

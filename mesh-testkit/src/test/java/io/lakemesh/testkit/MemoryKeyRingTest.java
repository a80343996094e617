package io.lakemesh.testkit;

import io.lakemesh.protect.KeyRing;

class MemoryKeyRingTest extends KeyRingContractTest {
    @Override
    protected KeyRing ring() {
        return new MemoryKeyRing();
    }
}

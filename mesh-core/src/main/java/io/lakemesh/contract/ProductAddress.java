package io.lakemesh.contract;

/** How people name a product: {@code domain/name}. */
public record ProductAddress(String domain, String name) {
    @Override
    public String toString() {
        return domain + "/" + name;
    }
}

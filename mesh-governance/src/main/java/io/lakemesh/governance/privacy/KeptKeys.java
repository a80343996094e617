package io.lakemesh.governance.privacy;

import com.google.crypto.tink.KeysetHandle;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.document.Documents;
import io.lakemesh.document.MappingBuilder;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.protect.Protector;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The keys of one name as they are kept, in a file or elsewhere: YAML, each kind with its keyset. A keyset is opened when it is
 * asked for, so that whoever may open some of them needs no others.
 */
final class KeptKeys {
    private final String name;
    private final String place;
    private final Envelope envelope;
    private final Map<Kind, String> texts;

    private KeptKeys(String name, String place, Envelope envelope, Map<Kind, String> texts) {
        this.name = name;
        this.place = place;
        this.envelope = envelope;
        this.texts = texts;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param place where the text was kept, for messages
     */
    static KeptKeys read(String name, String text, String place, Envelope envelope) {
        try {
            return new KeptKeys(name, place, envelope, texts(text));
        } catch (GeneralSecurityException | MeshException e) {
            throw damaged(name, place);
        }
    }

    private static Map<Kind, String> texts(String text) throws GeneralSecurityException {
        if (!(Documents.parse("keys", text) instanceof Node.Mapping byKind)) {
            throw new GeneralSecurityException("There is no mapping of kinds");
        }
        Map<Kind, String> texts = new EnumMap<>(Kind.class);
        for (String key : byKind.entries().keySet()) {
            Kind kind = Stream.of(Kind.values())
                    .filter(known -> known.toString().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new GeneralSecurityException("A kind of keys is unknown"));
            texts.put(kind, byKind.text(key).orElse(""));
        }
        if (texts.isEmpty()) {
            throw new GeneralSecurityException("There are no keys");
        }
        return texts;
    }

    /** The text to keep of a name's keys. */
    static String write(String name, Keysets keysets, Envelope envelope) throws GeneralSecurityException {
        MappingBuilder document = Node.mapping();
        for (Map.Entry<Kind, KeysetHandle> keyset : keysets.byKind().entrySet()) {
            Kind kind = keyset.getKey();
            document.put(kind.toString(), envelope.seal(name, kind, keyset.getValue()));
        }
        return Documents.writeYaml(document.build());
    }

    Protector protector(Kind kind) {
        try {
            return kind.isReversible() ? cipher(kind) : new HmacProtector(keys(kind));
        } catch (GeneralSecurityException e) {
            throw damaged(name, place);
        }
    }

    UnaryOperator<String> revealer(Kind kind, String column) {
        try {
            return cipher(kind).revealer(column);
        } catch (GeneralSecurityException e) {
            throw damaged(name, place);
        }
    }

    private CipherProtector cipher(Kind kind) throws GeneralSecurityException {
        return new CipherProtector(name, kind, keys(kind));
    }

    private NavigableMap<Integer, KeysetHandle> keys(Kind kind) throws GeneralSecurityException {
        String text = texts.get(kind);
        if (text == null) {
            throw new InvalidInputException("Cannot find a key of '" + name + "' to " + kind + ": " + place
                    + " was made without; get it from whoever made it");
        }
        return Keysets.of(Map.of(kind, envelope.open(name, kind, text, place))).keys(kind);
    }

    /** All keysets, about to be written anew: those in the clear, too, where the envelope has a key. */
    Keysets all() throws GeneralSecurityException {
        Map<Kind, KeysetHandle> keysets = new EnumMap<>(Kind.class);
        for (Map.Entry<Kind, String> text : texts.entrySet()) {
            Kind kind = text.getKey();
            keysets.put(kind, envelope.openAlsoClear(name, kind, text.getValue(), place));
        }
        return Keysets.of(keysets);
    }

    /** Without a cause, which may show what is kept. */
    static InvalidInputException damaged(String name, String place) {
        return new InvalidInputException("Cannot use the keys of '" + name + "': " + place
                + " is not what mesh keys wrote; put that back, since no other keys make the same stand-ins");
    }
}

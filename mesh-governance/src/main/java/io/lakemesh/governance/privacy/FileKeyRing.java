package io.lakemesh.governance.privacy;

import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.Protector;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.UnaryOperator;

/** Keys in a folder, a file for each name that only its owner may read. Whoever works for one domain is given that domain's file. */
final class FileKeyRing implements KeyRing {
    /** Locks of files hold between processes only. */
    private static final Object CHANGING = new Object();

    private final Path folder;
    private final Envelope envelope;

    FileKeyRing(Path folder, Envelope envelope) {
        this.folder = folder;
        this.envelope = envelope;
    }

    @Override
    public Protector protector(String name, Kind kind) {
        return kept(name).protector(kind);
    }

    @Override
    public UnaryOperator<String> revealer(String name, Kind kind, String column) {
        return kept(name).revealer(kind, column);
    }

    @Override
    public String create(String name) {
        return change(name, () -> {
            if (Files.exists(file(name))) {
                throw new InvalidInputException("Cannot create keys of '" + name + "': " + file(name)
                        + " has them; new ones come by: mesh keys rotate '" + name + "'");
            }
            return Keysets.first();
        });
    }

    @Override
    public String rotate(String name) {
        return change(name, () -> {
            Keysets known = kept(name).all();
            if (!known.isWhole()) {
                throw new InvalidInputException("Cannot rotate the keys of '" + name + "': " + file(name)
                        + " has not all of them; rotate where they were made");
            }
            return known.rotated();
        });
    }

    private interface Change {
        Keysets make() throws GeneralSecurityException;
    }

    private String change(String name, Change change) {
        synchronized (CHANGING) {
            try (FileChannel channel = KeyFile.toLock(folder)) {
                channel.lock();
                Keysets changed = change.make();
                KeyFile.replace(folder, file(name), KeptKeys.write(name, changed, envelope));
                return Keysets.name(changed.newest());
            } catch (IOException e) {
                throw new UnavailableException("Cannot write keys to " + file(name) + ": " + e.getMessage(), e);
            } catch (GeneralSecurityException e) {
                throw damaged(name);
            }
        }
    }

    private KeptKeys kept(String name) {
        try {
            return KeptKeys.read(name, Files.readString(file(name)), file(name).toString(), envelope);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("Cannot find a key of '" + name + "': there is no " + file(name)
                    + "; get it from whoever made the first keys, or make them by: mesh keys create '" + name + "'");
        } catch (CharacterCodingException e) {
            throw damaged(name);
        } catch (IOException e) {
            throw new UnavailableException("Cannot read the keys of '" + name + "' in " + file(name), e);
        }
    }

    private InvalidInputException damaged(String name) {
        return KeptKeys.damaged(name, file(name).toString());
    }

    private Path file(String name) {
        return folder.resolve(URLEncoder.encode(name, StandardCharsets.UTF_8) + ".yaml");
    }

    @Override
    public String toString() {
        return "FileKeyRing[" + folder + "]";
    }
}

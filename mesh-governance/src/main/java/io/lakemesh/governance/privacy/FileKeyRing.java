package io.lakemesh.governance.privacy;

import com.google.crypto.tink.KeysetHandle;
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

/**
 * Keys in a folder, a file for each domain that only its owner may read: a Tink keyset in JSON, in the clear. Whoever works for
 * one domain is given that domain's file.
 */
final class FileKeyRing implements KeyRing {
    /** Locks of files hold between processes only. */
    private static final Object CHANGING = new Object();

    private final Path folder;

    FileKeyRing(Path folder) {
        this.folder = folder;
    }

    @Override
    public Protector protector(String domain) {
        try {
            return new KeysetProtector(existing(domain));
        } catch (GeneralSecurityException e) {
            throw damaged(domain);
        }
    }

    @Override
    public String create(String domain) {
        return change(domain, () -> {
            if (Files.exists(file(domain))) {
                throw new InvalidInputException("Cannot create a key of domain '" + domain + "': " + file(domain)
                        + " has one; a new one comes by: mesh keys rotate '" + domain + "'");
            }
            return Keysets.first();
        });
    }

    @Override
    public String rotate(String domain) {
        return change(domain, () -> Keysets.rotated(existing(domain)));
    }

    private interface Change {
        KeysetHandle make() throws GeneralSecurityException;
    }

    private String change(String domain, Change change) {
        synchronized (CHANGING) {
            try (FileChannel channel = KeyFile.toLock(folder)) {
                channel.lock();
                KeysetHandle changed = change.make();
                KeyFile.replace(folder, file(domain), Keysets.write(changed));
                return Keysets.name(changed.getPrimary().getId());
            } catch (IOException e) {
                throw new UnavailableException("Cannot write a key to " + file(domain) + ": " + e.getMessage(), e);
            } catch (GeneralSecurityException e) {
                throw damaged(domain);
            }
        }
    }

    private KeysetHandle existing(String domain) throws GeneralSecurityException {
        try {
            return Keysets.read(Files.readString(file(domain)));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("Cannot find a key of domain '" + domain + "': there is no " + file(domain)
                    + "; get it from whoever made the domain's first key, or make it by: mesh keys create '" + domain
                    + "'");
        } catch (CharacterCodingException e) {
            throw damaged(domain);
        } catch (IOException e) {
            throw new UnavailableException("Cannot read the key of domain '" + domain + "' in " + file(domain), e);
        }
    }

    /** Without a cause, which may show what stands in the file. */
    private InvalidInputException damaged(String domain) {
        return new InvalidInputException("Cannot use the key of domain '" + domain + "': " + file(domain)
                + " is not what mesh keys wrote; put that file back, since no other key makes the same stand-ins");
    }

    private Path file(String domain) {
        return folder.resolve(URLEncoder.encode(domain, StandardCharsets.UTF_8) + ".json");
    }

    @Override
    public String toString() {
        return "FileKeyRing[" + folder + "]";
    }
}

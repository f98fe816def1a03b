package alexnet.core.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which contents, names and files are known again. */
public final class Sha256 {

    private Sha256() {
    }

    /** A new one. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

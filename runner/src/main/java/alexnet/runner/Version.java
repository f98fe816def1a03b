package alexnet.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

import picocli.CommandLine.IVersionProvider;

/** Program and Java versions. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {program() + ", Java " + Runtime.version()};
    }

    /** The program and its version. */
    static String program() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return "alexnet " + properties.getProperty("version");
    }
}

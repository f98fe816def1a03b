package alexnet.core.run.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import alexnet.core.model.ArchitectureEntry;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * What a run's results come from, written when it begins: config.yaml, its options, and
 * architecture.yaml, its network, both of which can be given back; config.json, what came of
 * them, an object; environment.json, what on, a list with an entry for each time that it began or went on.
 */
public final class ProvenanceFiles implements RunSink {

    /** What the run does, but for its options, which {@link ConfigurationFile} has. */
    public static final String CONFIGURATION = "config.json";
    /** The network, as train --architecture takes it. */
    public static final String ARCHITECTURE = "architecture.yaml";
    /** What on. */
    public static final String ENVIRONMENT = "environment.json";

    /** All that this writes. */
    public static final List<String> NAMES = List.of(ConfigurationFile.NAME, ARCHITECTURE, CONFIGURATION, ENVIRONMENT);

    private static final String PROGRAM = "program";

    private final Path folder;
    private final Configuration configuration;
    private final Environment environment;
    private boolean written;

    /** @param folder of the run */
    public ProvenanceFiles(Path folder, Configuration configuration, Environment environment) {
        this.folder = folder;
        this.configuration = configuration;
        this.environment = environment;
    }

    /**
     * Whether a file, which need not be there, may be replaced: no program's but this one's.
     *
     * @throws IOException if it cannot be read
     */
    public static boolean isOurs(Path file) throws IOException {
        if (!Files.exists(file)) {
            return true;
        }
        if (!Files.isRegularFile(file)) {
            return false;
        }
        if (file.endsWith(ConfigurationFile.NAME) || file.endsWith(ARCHITECTURE)) {
            return ConfigurationFile.isOurs(file);
        }
        try {
            JsonNode content = RunJson.read(file);
            return content.isMissingNode() || (content.isArray() ? content.path(0) : content).path(PROGRAM).asText().startsWith("alexnet ");
        } catch (JsonProcessingException other) {
            return false;
        }
    }

    @Override
    public void on(RunEvent event) throws IOException {
        // A run that goes back within itself begins once more.
        if (event instanceof RunEvent.Started started && !written) {
            written = true;
            ConfigurationFile.write(folder.resolve(ConfigurationFile.NAME), configuration.program() + ": the options of a run; train --config FILE takes them",
                    configuration.options());
            ConfigurationFile.write(folder.resolve(ARCHITECTURE), configuration.program() + ": the network of a run; train --architecture FILE takes it",
                    ArchitectureEntry.tree(configuration.architecture()));
            RunJson.write(folder.resolve(CONFIGURATION), configuration.json(started.plan()));
            long step = started.place().step();
            ArrayNode entries = earlier(step);
            entries.addObject().put("step", step).setAll(RunJson.tree(environment));
            RunJson.write(folder.resolve(ENVIRONMENT), entries);
        }
    }

    /** The entries of the run so far; a new one has none. */
    private ArrayNode earlier(long step) throws IOException {
        Path file = folder.resolve(ENVIRONMENT);
        return step > 0 && Files.exists(file) && RunJson.read(file) instanceof ArrayNode entries ? entries : RunJson.object().arrayNode();
    }
}

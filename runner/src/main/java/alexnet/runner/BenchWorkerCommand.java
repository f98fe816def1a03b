package alexnet.runner;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

import alexnet.bench.Contestant;
import alexnet.bench.Engine;
import alexnet.bench.NetworkContestant;
import alexnet.bench.Peer;
import alexnet.bench.SharedNetwork;
import alexnet.bench.WorkerServer;
import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.core.network.LayerOptions;
import alexnet.core.network.LayerTraining;
import alexnet.core.replica.Replication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One contestant of {@code bench network}: takes requests on standard input and answers them on standard output. */
@Command(name = "worker", hidden = true, description = "Serves bench network.")
final class BenchWorkerCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = "--architecture", required = true)
    private String architecture;

    @Option(names = "--batch-size", required = true)
    private int batchSize;

    @Option(names = "--freeze", split = ",")
    private List<String> freeze = List.of();

    @Option(names = "--peer")
    private Engine peer;

    /** Where {@link SharedNetwork} is. */
    @Option(names = "--network")
    private Path shared;

    @Option(names = "--threads")
    private int threads;

    @Mixin
    private DeviceOptions devices;

    @Override
    public void run() {
        PrintStream replies = System.out;
        // What engines and drivers print must not get among the replies.
        System.setOut(System.err);
        Architecture network = ArchitectureOption.measured(architecture);
        try (Contestant contestant = peer == null ? network(network) : peer(network)) {
            new WorkerServer(contestant).serve(System.in, replies);
        } catch (IOException failure) {
            throw new OutputException("the replies to bench cannot be written: " + failure.getMessage());
        } catch (UncheckedIOException failure) {
            throw new OutputException(failure.getMessage());
        }
    }

    private Contestant network(Architecture network) {
        List<Device> placed = devices.choose();
        LayerTraining training = new LayerOptions(freeze, List.of()).of(network);
        devices.requireMemory(network, training, batchSize, placed, List.of(Replication.NONE), 0);
        return new NetworkContestant(network, training, batchSize, placed, devices.placements(placed), Version.program() + ", " + Devices.ofRuntime().runtime());
    }

    private Contestant peer(Architecture network) {
        Peer engine = ServiceLoader.load(Peer.class).stream().map(ServiceLoader.Provider::get).filter(found -> found.engine() == peer).findFirst()
                .orElseThrow(() -> Usage.mistake(spec, "the engine " + peer.label() + " is not on the class path"));
        try (SharedNetwork weights = SharedNetwork.open(shared, network)) {
            return engine.open(weights, threads);
        }
    }
}

package alexnet.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import alexnet.bench.Engine;
import alexnet.bench.Peer;

class PeerServicesTest {

    /** Whether engines can run: PyTorch's libraries stand for all, which one profile brings. */
    static boolean haveLibraries() {
        return PeersTest.class.getResource("/native/lib/pytorch.properties") != null;
    }

    @Test
    void everyEngineButOursIsOfferedOnceAndWithoutItsLibraries() {
        List<Engine> offered = ServiceLoader.load(Peer.class).stream().map(peer -> peer.get().engine()).sorted().toList();
        assertEquals(Stream.of(Engine.values()).filter(engine -> engine != Engine.ALEXNET && !engine.inPython()).toList(), offered);
    }
}

package alexnet.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import alexnet.bench.Contestant;
import alexnet.bench.Engine;
import alexnet.bench.Pass;
import alexnet.bench.Peer;
import alexnet.core.network.Architecture;

@EnabledIf(value = "alexnet.peers.PeerServicesTest#haveLibraries", disabledReason = "the engines' native libraries are not there; -Ppeers brings them")
class PeersTest {

    @Test
    void everyEngineButOursIsThereAndDoesWhatItSays() {
        Set<Engine> engines = ServiceLoader.load(Peer.class).stream().map(peer -> peer.get().engine()).collect(Collectors.toSet());
        assertEquals(EnumSet.complementOf(EnumSet.of(Engine.ALEXNET)), engines);
        for (Peer peer : ServiceLoader.load(Peer.class)) {
            try (Contestant contestant = peer.open(Architecture.alexnetSmall(10, 3), 4, 1)) {
                assertEquals(peer.engine().label(), contestant.identity().engine());
                assertTrue(contestant.identity().version().matches(".*\\d+\\.\\d+.*"), contestant.identity().version());
                for (Pass pass : Pass.values()) {
                    if (peer.engine().does(pass)) {
                        contestant.run(pass);
                        contestant.run(pass);
                    }
                }
            }
        }
    }
}

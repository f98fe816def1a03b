package alexnet.core.data.shard;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyForceTest {

    @TempDir
    private Path folder;

    @Test
    void aFailureThatNobodyWaitedForIsToldAtTheEnd() throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        EarlyForce good = new EarlyForce(channel);
        good.wrote(1 << 25);
        assertDoesNotThrow(good::finish);
        channel.close();
        EarlyForce bad = new EarlyForce(channel);
        bad.wrote(1);
        assertDoesNotThrow(bad::finish);
        bad.wrote(1 << 24);
        assertThrows(ClosedChannelException.class, bad::finish);
    }
}

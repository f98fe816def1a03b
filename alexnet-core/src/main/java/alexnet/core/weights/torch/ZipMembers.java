package alexnet.core.weights.torch;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The members of a zip that are stored as they are, below its one root folder.
 *
 * @param bytes of each by its name behind the root folder's
 */
record ZipMembers(Map<String, MemorySegment> bytes) {

    /** Of a zip without what its members hold; a member takes a hundred or two. */
    private static final long DIRECTORY_LIMIT = 1 << 24;

    /**
     * Finds the members of a zip.
     *
     * @param whole the zip's bytes
     * @throws alexnet.core.checkpoint.CheckpointException if it is damaged, or has members that are compressed
     */
    static ZipMembers of(MemorySegment whole, Refusal refusal) throws IOException {
        List<ZipArchiveEntry> entries = entries(refusal);
        refusal.require(!entries.isEmpty(), "it is a zip without members");
        requireApart(entries, whole.byteSize(), refusal);
        String root = root(entries.getFirst().getName());
        Map<String, MemorySegment> bytes = new HashMap<>();
        for (ZipArchiveEntry entry : entries) {
            String name = entry.getName();
            if (!root(name).equals(root) || List.of(name.split("/", -1)).contains("..")) {
                throw refusal.of("is no file of PyTorch's: its members are not all in one folder, " + entries.getFirst().getName() + " and " + name);
            }
            if (entry.getMethod() != ZipArchiveEntry.STORED || entry.getGeneralPurposeBit().usesEncryption()) {
                throw refusal.of("has the member " + name + " compressed or encrypted, as PyTorch never writes it; unpack it and pack it with zip -0");
            }
            MemorySegment content = whole.asSlice(entry.getDataOffset(), entry.getSize());
            refusal.require(bytes.put(name.substring(root.length()), content) == null, "it has two members of the name " + name);
        }
        return new ZipMembers(Collections.unmodifiableMap(bytes));
    }

    private static List<ZipArchiveEntry> entries(Refusal refusal) throws IOException {
        try (FileChannel channel = FileChannel.open(refusal.file(), StandardOpenOption.READ);
                ZipFile zip = ZipFile.builder().setSeekableByteChannel(new LimitedChannel(channel, DIRECTORY_LIMIT)).get()) {
            return Collections.list(zip.getEntries());
        } catch (IOException | RuntimeException e) {
            throw refusal.damaged("it is no whole zip (" + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")");
        }
    }

    /** No byte belongs to two members, so all of them together are no larger than the file. */
    private static void requireApart(List<ZipArchiveEntry> entries, long size, Refusal refusal) {
        List<ZipArchiveEntry> ordered = new ArrayList<>(entries);
        ordered.sort(Comparator.comparingLong(ZipArchiveEntry::getLocalHeaderOffset));
        long end = 0;
        for (ZipArchiveEntry entry : ordered) {
            refusal.require(entry.getLocalHeaderOffset() >= end, "its member " + entry.getName() + " overlaps the one before it");
            refusal.require(entry.getSize() >= 0 && entry.getDataOffset() >= 0 && entry.getDataOffset() <= size
                    && entry.getSize() <= size - entry.getDataOffset(), "its member " + entry.getName() + " of " + entry.getSize()
                    + " bytes at " + entry.getDataOffset() + " goes beyond its end");
            end = entry.getDataOffset() + (entry.getMethod() == ZipArchiveEntry.STORED ? entry.getSize() : 0);
        }
    }

    private static String root(String name) {
        return name.substring(0, name.indexOf('/') + 1);
    }
}

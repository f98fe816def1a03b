package alexnet.core.weights.torch;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The members of a zip, of which none is ever unpacked.
 *
 * @param whole   the zip's bytes
 * @param entries by their names behind the one root folder's
 * @param refusal says what is wrong with it
 */
record ZipMembers(MemorySegment whole, Map<String, ZipArchiveEntry> entries, Refusal refusal) {

    /** Of a zip without what its members hold; a member takes a hundred or two. */
    private static final long DIRECTORY_LIMIT = 1 << 24;

    /**
     * Finds the members of a zip.
     *
     * @param whole the zip's bytes
     * @throws alexnet.core.checkpoint.CheckpointException if it is damaged, or its members are not those of one folder
     */
    static ZipMembers of(MemorySegment whole, Refusal refusal) {
        List<ZipArchiveEntry> members = read(whole, refusal);
        refusal.require(!members.isEmpty(), "it is a zip without members");
        requireApart(members, whole.byteSize(), refusal);
        String root = root(members.getFirst().getName());
        Map<String, ZipArchiveEntry> entries = new HashMap<>();
        for (ZipArchiveEntry member : members) {
            String name = member.getName();
            if (!root(name).equals(root) || List.of(name.split("/", -1)).contains("..")) {
                throw refusal.of("is a zip, but no file of PyTorch's: its members are not all of one folder, " + members.getFirst().getName()
                        + " and " + name);
            }
            refusal.require(entries.put(name.substring(root.length()), member) == null, "it has two members of the name " + name);
        }
        return new ZipMembers(whole, entries, refusal);
    }

    /** Whether there is a member of a name. */
    boolean contain(String name) {
        return entries.containsKey(name);
    }

    /**
     * The bytes of a member.
     *
     * @throws alexnet.core.checkpoint.CheckpointException if it is not there, or not as it is
     */
    MemorySegment bytes(String name) {
        ZipArchiveEntry member = entries.get(name);
        refusal.require(member != null, "its member " + name + " is not there");
        if (member.getMethod() != ZipArchiveEntry.STORED || member.getGeneralPurposeBit().usesEncryption()) {
            throw refusal.of("has the member " + member.getName() + " compressed or encrypted, as PyTorch never writes it; unpack it and pack it with zip -0");
        }
        refusal.require(member.getSize() == member.getCompressedSize(), "its member " + member.getName() + " is of two lengths, "
                + member.getSize() + " and " + member.getCompressedSize() + " bytes");
        return whole.asSlice(member.getDataOffset(), member.getSize());
    }

    private static List<ZipArchiveEntry> read(MemorySegment whole, Refusal refusal) {
        try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(new SegmentChannel(whole, DIRECTORY_LIMIT)).get()) {
            return Collections.list(zip.getEntries());
        } catch (IOException | RuntimeException e) {
            String why = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
            throw refusal.damaged("it is no whole zip (" + why.lines().findFirst().orElse("") + ")");
        }
    }

    /** No byte belongs to two members, so all of them together are no larger than the file. */
    private static void requireApart(List<ZipArchiveEntry> members, long size, Refusal refusal) {
        List<ZipArchiveEntry> ordered = new ArrayList<>(members);
        ordered.sort(Comparator.comparingLong(ZipArchiveEntry::getLocalHeaderOffset));
        long end = 0;
        for (ZipArchiveEntry member : ordered) {
            long begin = member.getDataOffset();
            long length = member.getCompressedSize();
            refusal.require(member.getLocalHeaderOffset() >= end, "its member " + member.getName() + " overlaps the one before it");
            refusal.require(begin >= 0 && length >= 0 && begin <= size && length <= size - begin, "its member " + member.getName()
                    + " of " + length + " bytes at " + begin + " goes beyond its end");
            end = begin + length;
        }
    }

    private static String root(String name) {
        return name.substring(0, name.indexOf('/') + 1);
    }
}

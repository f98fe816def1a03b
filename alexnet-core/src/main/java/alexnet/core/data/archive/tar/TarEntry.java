package alexnet.core.data.archive.tar;

/**
 * A file in a tar.
 *
 * @param name   its path as the tar has it, without {@code ./} in front, control characters replaced: what messages show, never a path on this machine
 * @param offset where its bytes begin, in the outermost file
 * @param length how many they are; all of them are there
 */
public record TarEntry(String name, long offset, long length) {

    /** The part of its path behind the last slash. */
    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}

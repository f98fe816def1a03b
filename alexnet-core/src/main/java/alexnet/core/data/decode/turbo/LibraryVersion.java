package alexnet.core.data.decode.turbo;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The release of libjpeg-turbo, which no function of it tells: a text in its file does, and {@code dladdr} which file that is. */
final class LibraryVersion {

    private static final Pattern TEXT = Pattern.compile("libjpeg-turbo version ([0-9][0-9.]*)");
    /** Of {@code Dl_info}, which begins with the file's name. */
    private static final long INFO_LENGTH = 4 * ADDRESS.byteSize();

    private LibraryVersion() {
    }

    /** The release of the library that a function is of; empty where the system does not tell. */
    static Optional<String> of(MemorySegment function) {
        return file(function).flatMap(LibraryVersion::text);
    }

    private static Optional<Path> file(MemorySegment function) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find("dladdr").map(address -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment info = arena.allocate(INFO_LENGTH, ADDRESS.byteAlignment());
                int found = (int) linker.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS)).invokeExact(function, info);
                return found == 0 ? null : Path.of(info.get(ADDRESS, 0).reinterpret(Long.MAX_VALUE).getString(0));
            } catch (Throwable unknown) {
                return null;
            }
        });
    }

    private static Optional<String> text(Path library) {
        try {
            Matcher text = TEXT.matcher(new String(Files.readAllBytes(library), StandardCharsets.ISO_8859_1));
            return text.find() ? Optional.of(text.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

package alexnet.core.data.decode.turbo;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The library, by functions of TurboJPEG 2 ({@code tj*}) that release 3 still has. It is looked for once, under the names that
 * systems give it.
 */
final class TurboJpeg {

    /** Four bytes a pixel, which an int in the machine's order holds as {@code 0x??RRGGBB}: {@code TJPF_BGRX} or {@code TJPF_XRGB}. */
    static final int INT_RGB = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 3 : 5;
    /** One byte a pixel, {@code TJPF_GRAY}. */
    static final int GREY = 6;
    /** Four bytes a pixel in this order, {@code TJPF_CMYK}. */
    static final int CMYK = 11;

    /** A system property that names the library where it has another name or lies elsewhere. */
    private static final String PROPERTY = "alexnet.turbojpeg";

    private static final List<String> NAMES = System.getProperty(PROPERTY) != null ? List.of(System.getProperty(PROPERTY)) : switch (System.getProperty("os.name")) {
        case String os when os.startsWith("Windows") -> List.of("turbojpeg.dll", "libturbojpeg.dll");
        case String os when os.startsWith("Mac") -> List.of("libturbojpeg.0.dylib", "libturbojpeg.dylib",
                "/opt/homebrew/opt/jpeg-turbo/lib/libturbojpeg.dylib", "/usr/local/opt/jpeg-turbo/lib/libturbojpeg.dylib");
        default -> List.of("libturbojpeg.so.0", "libturbojpeg.so");
    };
    private static final Linker LINKER = Linker.nativeLinker();
    /** C's {@code long}: 4 bytes on Windows. */
    private static final MemoryLayout LONG = LINKER.canonicalLayouts().get("long");

    /** The library, if it is installed and not older than 2.0. */
    static final Optional<TurboJpeg> INSTALLED = find();

    private final MethodHandle initDecompress;
    private final MethodHandle initCompress;
    private final MethodHandle decompressHeader;
    private final MethodHandle decompress;
    private final MethodHandle compress;
    private final MethodHandle bufferSize;
    private final MethodHandle errorText;
    private final String version;

    private TurboJpeg(SymbolLookup library) {
        initDecompress = function(library, "tjInitDecompress", ADDRESS);
        initCompress = function(library, "tjInitCompress", ADDRESS);
        decompressHeader = function(library, "tjDecompressHeader3", JAVA_INT, ADDRESS, ADDRESS, LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        decompress = function(library, "tjDecompress2", JAVA_INT, ADDRESS, ADDRESS, LONG, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        compress = function(library, "tjCompress2", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT,
                JAVA_INT, JAVA_INT);
        bufferSize = function(library, "tjBufSize", LONG, JAVA_INT, JAVA_INT, JAVA_INT);
        errorText = function(library, "tjGetErrorStr2", ADDRESS, ADDRESS);
        version = LibraryVersion.of(library.findOrThrow("tjDecompress2")).orElse(library.find("tj3Init").isPresent() ? "3" : "2");
    }

    private static Optional<TurboJpeg> find() {
        for (String name : NAMES) {
            try {
                return Optional.of(new TurboJpeg(SymbolLookup.libraryLookup(name, Arena.global())));
            } catch (IllegalArgumentException | NoSuchElementException missing) {
                // No such library, or one from before release 2.
            }
        }
        return Optional.empty();
    }

    /** A function that takes and gives a Java long for C's. */
    private static MethodHandle function(SymbolLookup library, String name, MemoryLayout result, MemoryLayout... parameters) {
        MethodHandle function = LINKER.downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, parameters));
        MethodType type = function.type();
        for (int i = 0; i < parameters.length; i++) {
            type = parameters[i] == LONG ? type.changeParameterType(i, long.class) : type;
        }
        return MethodHandles.explicitCastArguments(function, result == LONG ? type.changeReturnType(long.class) : type);
    }

    String version() {
        return version;
    }

    /** @throws OutOfMemoryError if there is no memory for it */
    MemorySegment newDecompressor() {
        return created(() -> (MemorySegment) initDecompress.invokeExact());
    }

    /** @throws OutOfMemoryError if there is no memory for it */
    MemorySegment newCompressor() {
        return created(() -> (MemorySegment) initCompress.invokeExact());
    }

    private static MemorySegment created(Call<MemorySegment> function) {
        MemorySegment handle = call(function);
        if (handle.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError("libjpeg-turbo has no memory to start with");
        }
        return handle;
    }

    /** Into four ints: width, height, subsampling and colour space; 0, or -1 if that fails. */
    int decompressHeader(MemorySegment handle, MemorySegment jpeg, MemorySegment numbers) {
        return call(() -> (int) decompressHeader.invokeExact(handle, jpeg, jpeg.byteSize(), numbers, numbers.asSlice(Integer.BYTES),
                numbers.asSlice(2 * Integer.BYTES), numbers.asSlice(3 * Integer.BYTES)));
    }

    /** Into rows without gaps; 0, or -1 if that fails or there is a warning. */
    int decompress(MemorySegment handle, MemorySegment jpeg, MemorySegment pixels, int width, int height, int format, int flags) {
        return call(() -> (int) decompress.invokeExact(handle, jpeg, jpeg.byteSize(), pixels, width, 0, height, format, flags));
    }

    /** From rows without gaps; {@code jpeg} points to where it is to be put, and {@code length} to the room there, then to the length. */
    int compress(MemorySegment handle, MemorySegment pixels, int width, int height, int format, MemorySegment jpeg, MemorySegment length,
                 int subsampling, int quality, int flags) {
        return call(() -> (int) compress.invokeExact(handle, pixels, width, 0, height, format, jpeg, length, subsampling, quality, flags));
    }

    /** The most bytes that a JPEG of some pixels takes. */
    long bufferSize(int width, int height, int subsampling) {
        return call(() -> (long) bufferSize.invokeExact(width, height, subsampling));
    }

    /** What happened last. */
    String message(MemorySegment handle) {
        return call(() -> (MemorySegment) errorText.invokeExact(handle)).reinterpret(Long.MAX_VALUE).getString(0);
    }

    private interface Call<T> {
        @SuppressWarnings("checkstyle:IllegalThrows")
        T get() throws Throwable;
    }

    private static <T> T call(Call<T> function) {
        try {
            return function.get();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a call of libjpeg-turbo failed", impossible);
        }
    }
}

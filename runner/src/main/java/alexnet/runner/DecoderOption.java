package alexnet.runner;

import java.io.PrintWriter;

import alexnet.core.data.decode.JpegCodecs;
import alexnet.core.data.decode.JpegLibrary;
import picocli.CommandLine.Option;

/** What decodes JPEGs. */
@Section("Data")
final class DecoderOption {

    @Option(names = "--decoder", paramLabel = "NAME",
            description = "What decodes JPEGs: ${COMPLETION-CANDIDATES}. turbo is libjpeg-turbo, java the JDK's own; auto is turbo where it is"
                    + " installed. Default: auto.")
    private JpegLibrary library = JpegLibrary.AUTO;

    /**
     * Has it decode from now on.
     *
     * @throws alexnet.core.data.decode.MissingLibraryException if it is not installed
     */
    void use() {
        JpegCodecs.use(library);
    }

    /** Says what decodes. */
    static void tell(PrintWriter err) {
        err.println("JPEGs are decoded by " + JpegCodecs.decoderName());
    }
}

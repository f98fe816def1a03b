package alexnet.core.data.decode;

import java.util.Optional;

import alexnet.core.data.Preprocessing;

/**
 * What a picture is decoded for.
 *
 * @param target    what it is brought to then, which may take less than all of its pixels; empty if all are wanted
 * @param jpegs     what decodes JPEGs
 * @param workspace where its pixels may go
 */
record Request(Optional<Preprocessing> target, JpegDecoder jpegs, Workspace workspace) {

    /** All pixels, for whoever keeps them. */
    static Request whole() {
        return new Request(Optional.empty(), JpegCodecs.decoder(), new Workspace());
    }

    /** The same by Java's own decoder. */
    Request byJava() {
        return new Request(target, JpegCodecs.JAVA, workspace);
    }
}

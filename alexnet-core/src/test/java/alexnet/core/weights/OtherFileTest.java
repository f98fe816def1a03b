package alexnet.core.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.shard.NpyFile;
import alexnet.core.weights.protobuf.Message;

/** What is no file of weights is called by its name. */
class OtherFileTest {

    @TempDir
    private Path folder;

    private void assertRefused(String as, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("network.caffemodel"), bytes);
        String message = assertThrows(CheckpointException.class, () -> WeightsFormats.open(file)).getMessage();
        assertTrue(message.startsWith(file + " is ") && message.contains(as), message);
    }

    private void assertRefused(String as, String text) throws IOException {
        assertRefused(as, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void textsInPlaceOfTheFile() throws IOException {
        assertRefused("a pointer of Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 243862418\n");
        assertRefused("a web page", "<!DOCTYPE html>\n<html><head><title>Google Drive - Virus scan warning</title></head></html>");
        assertRefused("a web page", "\ufeff\n  <HTML>");
        assertRefused("a web page", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>");
        assertRefused("(.prototxt)", "name: \"AlexNet\"\nlayers {\n  name: \"conv1\"\n  type: CONVOLUTION\n}\n");
        assertRefused("(.prototxt)", "# Für Caffe\nlayer {\n  name: \"data\"\n}\n");
        assertRefused("text", "404: Not Found");
    }

    @Test
    void packedFiles() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(1);
        }
        assertRefused("packed by gzip", gzip.toByteArray());
        ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
        try (OutputStream out = new BZip2CompressorOutputStream(bzip2)) {
            out.write(1);
        }
        assertRefused("packed by bzip2", bzip2.toByteArray());
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(tar)) {
            out.putArchiveEntry(new TarArchiveEntry("bvlc_alexnet.caffemodel"));
            out.closeArchiveEntry();
        }
        assertRefused("a tar archive", tar.toByteArray());
    }

    @Test
    void whatLiesBesideNetworks() throws IOException {
        assertRefused("give it as --mean", new Message().integer(1, 1).integer(2, 3).integer(3, 1).integer(4, 1).floats(5, 104, 117, 123).toBytes());
        assertRefused("solver", new Message().integer(1, 450000).text(2, "caffe_alexnet_train_iter_450000.caffemodel").message(3, new Message().integer(1, 1))
                .integer(4, 4).toBytes());
        Path array = folder.resolve("mean.npy");
        NpyFile.write(array, new float[] {1, 2, 3}, 3);
        assertRefused("an array of NumPy", Files.readAllBytes(array));
        assertRefused("in HDF5", new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n', 0, 0});
        assertRefused("a picture (JPEG)", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0});
    }

    @Test
    void filesThatHoldNothing() throws IOException {
        assertRefused("empty", new byte[0]);
        assertRefused("nothing but zeros", new byte[100_000]);
    }

    @Test
    void whatIsNoneOfAllIsRefusedWithTheFormatsThatThereAre() throws IOException {
        Path file = Files.write(folder.resolve("weights.bin"), new byte[] {(byte) 0xF7, 3, 0, 9});
        assertEquals(file + " has weights in no format that is known; there are PyTorch zip, PyTorch legacy, safetensors, ONNX, Caffe",
                assertThrows(CheckpointException.class, () -> WeightsFormats.open(file)).getMessage());
    }
}

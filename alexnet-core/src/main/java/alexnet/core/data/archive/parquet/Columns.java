package alexnet.core.data.archive.parquet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;

/**
 * Which columns of a file hold what.
 *
 * @param image the images' files: {@code struct<bytes, path>} or the bytes alone
 * @param bytes the same, as far as the bytes
 * @param path  what the files were called; empty if nobody says
 * @param label the number of the class; empty if there is none
 */
record Columns(String image, String bytes, Optional<String> path, Optional<String> label) {

    /** What such columns are called where nothing else tells. */
    private static final List<String> IMAGES = List.of("image", "img", "jpg", "jpeg", "png", "picture", "photo");
    private static final List<String> LABELS = List.of("label", "labels", "cls", "class", "target", "fine_label");

    /**
     * Finds them.
     *
     * @throws IOException if there are no images
     */
    static Columns of(FileSchema schema, Features features) throws IOException {
        List<SchemaNode> all = schema.getRootNode().children();
        Optional<SchemaNode> image = first(all, features.ofType("Image"), IMAGES).filter(Columns::holdsFiles);
        if (image.isEmpty()) {
            throw new IOException("it has no column of image files (expected are image: struct<bytes: binary, path: string>, label: int64; there are "
                    + all.stream().limit(10).map(SchemaNode::name).collect(Collectors.joining(", ")) + ")");
        }
        String name = image.get().name();
        Optional<String> label = first(all, features.ofType("ClassLabel"), LABELS).filter(node -> node instanceof SchemaNode.PrimitiveNode number
                && (number.type() == PhysicalType.INT64 || number.type() == PhysicalType.INT32) && number.maxRepetitionLevel() == 0).map(SchemaNode::name);
        if (image.get() instanceof SchemaNode.GroupNode struct) {
            boolean named = struct.children().stream().anyMatch(child -> child.name().equals("path") && isBinary(child));
            return new Columns(name, name + ".bytes", named ? Optional.of(name + ".path") : Optional.empty(), label);
        }
        return new Columns(name, name, Optional.empty(), label);
    }

    private static Optional<SchemaNode> first(List<SchemaNode> all, Optional<String> said, List<String> names) {
        return Stream.concat(said.stream(), names.stream()).flatMap(name -> all.stream().filter(node -> node.name().equals(name))).findFirst();
    }

    private static boolean holdsFiles(SchemaNode node) {
        return isBinary(node) || node instanceof SchemaNode.GroupNode struct
                && struct.children().stream().anyMatch(child -> child.name().equals("bytes") && isBinary(child));
    }

    private static boolean isBinary(SchemaNode node) {
        return node instanceof SchemaNode.PrimitiveNode column && column.type() == PhysicalType.BYTE_ARRAY && column.maxRepetitionLevel() == 0;
    }

    /** Those that are read to know what there is, images not. */
    String[] described() {
        return Stream.concat(path.stream(), label.stream()).toArray(String[]::new);
    }
}

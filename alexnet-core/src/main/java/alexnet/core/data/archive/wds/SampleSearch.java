package alexnet.core.data.archive.wds;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import alexnet.core.data.DataException;
import alexnet.core.data.SampleName;
import alexnet.core.data.archive.Found;
import alexnet.core.data.archive.tar.TarBytes;
import alexnet.core.data.archive.tar.TarEntry;
import alexnet.core.data.archive.tar.TarFindings;
import alexnet.core.data.archive.tar.TarImages;
import alexnet.core.data.archive.tar.TarScan;

/**
 * Finds the samples in the tars of a half. The label of each is an index into the texts that are kept: what its {@code .cls}, or else its
 * {@code .json}, says, or nothing.
 */
final class SampleSearch {

    private static final int LONGEST_LABEL = 256;
    private static final int LONGEST_JSON = 1 << 20;
    private static final int MOST_LABELS = 1 << 20;
    private static final int TOLD_EVERY = 100;
    private static final List<String> KEYS = List.of("label", "cls", "class", "class_id", "target");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Found found;
    private final SampleKeys keys;
    private final Info info;
    private long[] names = new long[1024];
    private final Map<String, Integer> labels = new HashMap<>();
    private TarFindings findings = TarFindings.NONE;
    private int withoutImage;

    private TarBytes bytes;
    private int container;
    private String stem;
    private TarEntry image;
    private TarEntry cls;
    private TarEntry json;

    private SampleSearch(Found found, SampleKeys keys, Info info) {
        this.found = found;
        this.keys = keys;
        this.info = info;
    }

    /** Where two samples are called alike, as where each tar counts anew, the tars' names are taken to tell them apart. */
    static void find(List<Path> tars, Info info, Found found, Consumer<String> progress) throws IOException {
        if (!find(tars, SampleKeys.OF_MEMBERS, info, found, progress)) {
            found.clear();
            find(tars, SampleKeys.WITH_TARS, info, found, progress);
        }
    }

    /** @return whether no two samples are called alike */
    private static boolean find(List<Path> tars, SampleKeys keys, Info info, Found found, Consumer<String> progress) throws IOException {
        SampleSearch search = new SampleSearch(found, keys, info);
        for (int i = 0; i < tars.size(); i++) {
            search.tar(tars.get(i));
            if ((i + 1) % TOLD_EVERY == 0) {
                progress.accept(String.format(Locale.ROOT, "%d of %d tars looked through, %d samples found", i + 1, tars.size(), found.samples().size()));
            }
        }
        found.notes().addAll(search.findings.notes("the tars of " + tars.getFirst().toAbsolutePath().getParent()));
        if (search.withoutImage > 0) {
            found.notes().add(search.withoutImage + " samples without an image passed over");
        }
        long[] names = Arrays.copyOf(search.names, found.samples().size());
        Arrays.sort(names);
        return IntStream.range(1, names.length).noneMatch(i -> names[i] == names[i - 1]);
    }

    private void tar(Path tar) throws IOException {
        String name = tar.getFileName().toString();
        container = found.container(name);
        int before = found.samples().size();
        try (FileChannel channel = FileChannel.open(tar, StandardOpenOption.READ)) {
            bytes = channel::read;
            findings = findings.and(TarScan.scan(bytes, tar.toString(), 0, channel.size(), entry -> {
                if (!TarImages.isForeign(entry)) {
                    member(entry);
                }
                return true;
            }));
            sample();
        }
        Integer told = info.samples().get(name);
        int there = found.samples().size() - before;
        if (told != null && told != there) {
            found.notes().add(name + " has " + there + " samples, " + Info.NAME + " says " + told);
        }
    }

    private void member(TarEntry entry) throws IOException {
        Member member = Member.of(entry.name());
        if (!member.stem().equals(stem)) {
            sample();
            stem = member.stem();
        }
        if (member.isImage()) {
            image = image == null || member.isBefore(Member.of(image.name())) ? entry : image;
        } else if (member.extension().equals("cls")) {
            cls = entry;
        } else if (member.extension().equals("json")) {
            json = entry;
        }
    }

    /** What has been gathered is a sample. */
    private void sample() throws IOException {
        if (image != null && image.length() <= Integer.MAX_VALUE) {
            String label = label();
            Integer number = labels.get(label);
            if (number == null) {
                if (labels.size() == MOST_LABELS) {
                    throw new DataException(found.containerName(container) + ": more than " + MOST_LABELS + " different labels: these are no classes");
                }
                number = found.text(label);
                labels.put(label, number);
            }
            String name = keys.name(found.containerName(container), image.name());
            if (found.samples().size() == names.length) {
                names = Arrays.copyOf(names, 2 * names.length);
            }
            int key = SampleName.key(name);
            names[found.samples().size()] = (long) key << Integer.SIZE | name.hashCode() & 0xFFFF_FFFFL;
            found.samples().add(image.name(), key, number, container, image.offset(), (int) image.length(), 0);
        } else if (stem != null && (cls != null || json != null)) {
            withoutImage++;
        }
        stem = null;
        image = null;
        cls = null;
        json = null;
    }

    private String label() throws IOException {
        if (cls != null && cls.length() <= LONGEST_LABEL) {
            return new String(bytes.read(cls.offset(), (int) cls.length()), StandardCharsets.UTF_8).strip();
        }
        if (json != null && json.length() <= LONGEST_JSON) {
            try {
                JsonNode tree = JSON.readTree(bytes.read(json.offset(), (int) json.length()));
                return KEYS.stream().map(tree::path).filter(node -> node.isIntegralNumber() || node.isTextual()).map(JsonNode::asText).findFirst().orElse("").strip();
            } catch (JsonProcessingException e) {
                return "";
            }
        }
        return "";
    }
}

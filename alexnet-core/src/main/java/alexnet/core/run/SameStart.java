package alexnet.core.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import alexnet.core.data.Fingerprint;
import alexnet.core.data.Sha256;
import alexnet.core.model.Entries;
import alexnet.core.replica.DisagreementException;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Texts;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes sure that all ranks begin the same run: otherwise they would train different networks and never know. */
public final class SameStart {

    /** Hexadecimal digits by which long values are told apart. */
    private static final int DIGITS = 12;
    private static final String NOTHING = "nothing";

    private SameStart() {
    }

    /**
     * Compares what has to be the same on all ranks with what the first has; collective.
     *
     * @param facts in words, by their names
     * @throws DisagreementException on all ranks, naming what differs and where
     */
    public static void require(Replicas replicas, Map<String, String> facts) {
        List<ObjectNode> all = Texts.gather(replicas, Entries.text(facts)).stream().map(Entries::constant).toList();
        refuse(IntStream.range(1, all.size()).mapToObj(rank -> differences(all.getFirst(), rank, all.get(rank))).toList());
    }

    private static String differences(ObjectNode first, int rank, ObjectNode other) {
        Set<String> names = new LinkedHashSet<>();
        first.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names.stream().filter(name -> !first.path(name).equals(other.path(name)))
                .map(name -> name + " is " + other.path(name).asText(NOTHING) + ", not " + first.path(name).asText(NOTHING) + " as on rank 0")
                .collect(Collectors.collectingAndThen(Collectors.joining("; "), told -> told.isEmpty() ? "" : "on rank " + rank + " " + told));
    }

    /**
     * The same of images; the first rank's list travels only where there is a difference to be named.
     *
     * @throws DisagreementException on all ranks, saying how the images differ and where
     */
    public static void requireImages(Replicas replicas, Fingerprint own) {
        List<String> hashes = Texts.gather(replicas, hash(own));
        if (hashes.stream().distinct().count() == 1) {
            return;
        }
        byte[] first = Texts.first(replicas, replicas.isFirst() ? own.pack() : new byte[0]);
        String told = hashes.getFirst().equals(hashes.get(replicas.rank())) ? "" : "on rank " + replicas.rank() + " the images are others than on rank 0: "
                + Fingerprint.unpack(first).changes(own).orElse("the same ones, in another order");
        refuse(Texts.gather(replicas, told));
    }

    private static void refuse(List<String> differences) {
        List<String> told = differences.stream().filter(each -> !each.isEmpty()).toList();
        if (!told.isEmpty()) {
            throw new DisagreementException("the ranks were not started alike: " + String.join("; ", told));
        }
    }

    /** By what long values are told apart, in a few digits. */
    public static String hash(byte[] value) {
        return HexFormat.of().formatHex(Sha256.digest().digest(value)).substring(0, DIGITS);
    }

    /** Not of its packed form: how gzip packs depends on the machine. */
    private static String hash(Fingerprint fingerprint) {
        MessageDigest digest = Sha256.digest();
        List<Object> wholes = new ArrayList<>(fingerprint.wholes().entrySet());
        digest.update(wholes.toString().getBytes(StandardCharsets.UTF_8));
        fingerprint.images().forEach((name, image) -> digest.update((name + image + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}

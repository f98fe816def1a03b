package alexnet.core.weights.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import alexnet.core.weights.torch.PickleValue.Dictionary;
import alexnet.core.weights.torch.PickleValue.TensorView;

/**
 * The dictionary of a network's tensors, wherever a checkpoint has it.
 *
 * @param tensors  by name, without what wrappers of modules put into names
 * @param beside  what else there is in it, and in those that hold it
 */
record StateDictionary(Map<String, TensorView> tensors, Map<String, PickleValue> beside) {

    /** What DataParallel and torch.compile put before the names of what they wrap, a network or a part of it. */
    private static final Set<String> WRAPPERS = Set.of("module", "_orig_mod");
    /** Of dictionaries in one another; {@code {"checkpoint": {"model": ...}}} is seen. */
    private static final int DEPTH = 3;

    /** A dictionary in a file, and those that hold it, outermost first. */
    private record Found(List<String> path, List<Dictionary> dictionaries) {

        private Found child(String name, Dictionary child) {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            List<Dictionary> deeper = new ArrayList<>(dictionaries);
            deeper.add(child);
            return new Found(longer, deeper);
        }

        private Map<String, PickleValue> entries() {
            return dictionaries.getLast().entries();
        }

        private String name() {
            return String.join(".", path);
        }
    }

    /**
     * Finds it.
     *
     * @param root what the pickle built
     * @throws alexnet.core.checkpoint.CheckpointException if there is none, or more than one
     */
    static StateDictionary find(PickleValue root, Refusal refusal) {
        if (!(root instanceof Dictionary top)) {
            throw refusal.of("holds no dictionary of tensors; save one: torch.save(model.state_dict(), ...)");
        }
        List<Found> found = search(new Found(List.of(), List.of(top)), Collections.newSetFromMap(new IdentityHashMap<>()));
        if (found.isEmpty()) {
            throw refusal.of("holds no dictionary with tensors; its entries are " + (top.entries().isEmpty() ? "none" : some(top.entries().keySet())));
        }
        if (found.size() > 1) {
            throw refusal.of("holds several dictionaries of tensors, " + some(found.stream().map(Found::name).collect(Collectors.toSet()))
                    + ": save the one that is meant alone");
        }
        return of(found.getFirst(), refusal);
    }

    /** Those that lie deepest; what a dictionary has beside them are results and the like. */
    private static List<Found> search(Found here, Set<Dictionary> seen) {
        List<Found> found = new ArrayList<>();
        if (here.path.size() < DEPTH) {
            here.entries().forEach((name, value) -> {
                if (value instanceof Dictionary child && seen.add(child)) {
                    found.addAll(search(here.child(name, child), seen));
                }
            });
        }
        if (found.isEmpty() && here.entries().values().stream().anyMatch(value -> value instanceof TensorView tensor && !tensor.shape().isEmpty())) {
            found.add(here);
        }
        return found;
    }

    private static StateDictionary of(Found found, Refusal refusal) {
        Map<String, TensorView> tensors = new LinkedHashMap<>();
        Map<String, PickleValue> beside = new LinkedHashMap<>();
        found.dictionaries.forEach(dictionary -> beside.putAll(dictionary.entries()));
        found.entries().forEach((name, value) -> {
            if (value instanceof TensorView tensor) {
                beside.remove(name);
                String bare = Arrays.stream(name.split("\\.", -1)).filter(part -> !WRAPPERS.contains(part)).collect(Collectors.joining("."));
                refusal.require(tensors.putIfAbsent(bare, tensor) == null, "it has two tensors of the name " + bare);
            }
        });
        return new StateDictionary(tensors, beside);
    }

    private static String some(Set<String> names) {
        return names.stream().sorted().limit(10).collect(Collectors.joining(", ")) + (names.size() > 10 ? " ..." : "");
    }
}

package alexnet.tornado.jvm;

import java.lang.classfile.Attributes;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.exceptions.TornadoCompilationException;

/**
 * The {@code @Parallel} loops of a compiled method. javac keeps the annotation with the stretch of bytecode in which the
 * variable lives, which begins at the head of its loop:
 * <pre>
 *     [start]  istore i            the variable lives from here on
 *     head:    iload i  [bound]  if_icmpge exit
 *              [body]
 *              iinc i 1  goto head
 *     exit:
 * </pre>
 * A loop of any other form cannot be shared out and is refused, never run on one thread in silence.
 */
final class ParallelLoops {

    private static final String PARALLEL = Parallel.class.descriptorString();
    private static final int MAX_DEPTH = 3;

    /**
     * One loop; the places are ordinals of the method's instructions.
     *
     * @param slot  the local variable of the index
     * @param head  the load of the index; the instruction before it stores the start
     * @param exit  the comparison with the bound; the bound is computed between head and exit
     * @param back  the jump back to the head
     * @param outer the parallel loop around this one, or null
     */
    record Loop(int slot, int head, int exit, int back, Loop outer) {

        int store() {
            return head - 1;
        }

        private boolean contains(Loop other) {
            return head < other.head && other.back < back;
        }

        private int depth() {
            return outer == null ? 1 : 1 + outer.depth();
        }
    }

    private final String kernel;
    private final CodeAttribute code;
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<Integer, Integer> ordinals = new HashMap<>();

    private ParallelLoops(String kernel, CodeAttribute code) {
        this.kernel = kernel;
        this.code = code;
        int place = 0;
        for (var element : code.elementList()) {
            if (element instanceof Instruction instruction) {
                ordinals.put(place, instructions.size());
                instructions.add(instruction);
                place += instruction.sizeInBytes();
            }
        }
    }

    /** Whether the method has a {@code @Parallel} variable. */
    static boolean present(MethodModel method) {
        return method.code().filter(code -> annotations(code.findAttribute(Attributes.runtimeVisibleTypeAnnotations())
                .map(attribute -> attribute.annotations()).orElse(List.of())).findAny().isPresent()).isPresent();
    }

    /** The loops of the method, outer ones before those inside them; throws where one has an unsupported form. */
    static List<Loop> of(String kernel, CodeAttribute code) {
        return new ParallelLoops(kernel, code).find();
    }

    private static Stream<TypeAnnotation> annotations(List<TypeAnnotation> all) {
        return all.stream().filter(annotation -> annotation.annotation().className().equalsString(PARALLEL));
    }

    private List<Loop> find() {
        List<Loop> found = annotations(code.findAttribute(Attributes.runtimeVisibleTypeAnnotations()).orElseThrow().annotations())
                .map(this::loop).sorted(Comparator.comparingInt(Loop::head)).toList();
        List<Loop> nested = new ArrayList<>();
        for (Loop loop : found) {
            Loop outer = nested.stream().filter(other -> other.contains(loop)).reduce((first, second) -> second).orElse(null);
            Loop placed = new Loop(loop.slot, loop.head, loop.exit, loop.back, outer);
            if (placed.depth() > MAX_DEPTH) {
                throw unsupported(loop.slot, loop.head, "is nested more than " + MAX_DEPTH + " deep");
            }
            nested.add(placed);
        }
        return nested;
    }

    private Loop loop(TypeAnnotation annotation) {
        if (!(annotation.targetInfo() instanceof TypeAnnotation.LocalVarTarget target) || target.table().size() != 1) {
            throw new TornadoCompilationException(kernel + ": @Parallel belongs on the index of a for loop");
        }
        int slot = target.table().getFirst().index();
        int head = ordinal(target.table().getFirst().startLabel());
        if (head == 0 || !(instructions.get(head - 1) instanceof StoreInstruction store) || store.slot() != slot
                || store.typeKind() != TypeKind.INT || !loads(head, slot)) {
            throw unsupported(slot, head, "does not have the form for (@Parallel int i = start; i < bound; i++)");
        }
        int exit = exit(slot, head);
        int back = back(slot, head, exit);
        checkBody(slot, head, exit, back);
        return new Loop(slot, head, exit, back, null);
    }

    private int exit(int slot, int head) {
        for (int place = head + 1; place < instructions.size(); place++) {
            if (instructions.get(place) instanceof BranchInstruction branch) {
                if (branch.opcode() == Opcode.IF_ICMPGE) {
                    return place;
                }
                break;
            }
            if (!isStraight(instructions.get(place)) || loads(place, slot)) {
                break;
            }
        }
        throw unsupported(slot, head, "does not have a condition of the form i < bound, with a bound that is computed "
                + "without conditions and without i");
    }

    private static boolean isStraight(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction _, ConstantInstruction _, OperatorInstruction _, ConvertInstruction _, ArrayLoadInstruction _,
                 TypeCheckInstruction _, InvokeInstruction _ -> true;
            case FieldInstruction field -> field.opcode() == Opcode.GETFIELD || field.opcode() == Opcode.GETSTATIC;
            default -> false;
        };
    }

    private int back(int slot, int head, int exit) {
        List<Integer> jumps = new ArrayList<>();
        for (int place = exit + 1; place < instructions.size(); place++) {
            if (targets(instructions.get(place)).anyMatch(target -> target == head)) {
                jumps.add(place);
            }
        }
        if (jumps.size() == 1) {
            int back = jumps.getFirst();
            if (instructions.get(back).opcode() == Opcode.GOTO && instructions.get(back - 1) instanceof IncrementInstruction step
                    && step.slot() == slot && step.constant() == 1) {
                return back;
            }
        }
        throw unsupported(slot, head, "does not step by i++");
    }

    private void checkBody(int slot, int head, int exit, int back) {
        for (int place = exit + 1; place < back; place++) {
            Instruction instruction = instructions.get(place);
            boolean writes = instruction instanceof StoreInstruction store && store.slot() == slot
                    || place != back - 1 && instruction instanceof IncrementInstruction step && step.slot() == slot;
            if (writes) {
                throw unsupported(slot, head, "changes its index");
            }
            if (instruction instanceof ReturnInstruction || targets(instruction).anyMatch(target -> target < head || target > back)) {
                throw unsupported(slot, head, "is left by break, return or a continue of a loop around it");
            }
        }
    }

    private boolean loads(int place, int slot) {
        return instructions.get(place) instanceof LoadInstruction load && load.slot() == slot;
    }

    private Stream<Integer> targets(Instruction instruction) {
        return switch (instruction) {
            case BranchInstruction branch -> Stream.of(ordinal(branch.target()));
            case TableSwitchInstruction choice -> targets(choice.defaultTarget(), choice.cases());
            case LookupSwitchInstruction choice -> targets(choice.defaultTarget(), choice.cases());
            default -> Stream.empty();
        };
    }

    private Stream<Integer> targets(Label otherwise, List<SwitchCase> cases) {
        return Stream.concat(Stream.of(otherwise), cases.stream().map(SwitchCase::target)).map(this::ordinal);
    }

    private int ordinal(Label label) {
        return ordinals.get(code.labelToBci(label));
    }

    private TornadoCompilationException unsupported(int slot, int head, String what) {
        String name = "?";
        int line = 0;
        int place = 0;
        for (var element : code.elementList()) {
            switch (element) {
                case Instruction _ -> place++;
                case LineNumber number -> line = place <= head ? number.line() : line;
                case LocalVariable variable when variable.slot() == slot && ordinal(variable.startScope()) == head ->
                        name = variable.name().stringValue();
                default -> { }
            }
        }
        return new TornadoCompilationException(kernel + ", line " + line + ": the @Parallel loop over " + name + " " + what
                + "; tornado-jvm cannot share it out");
    }
}

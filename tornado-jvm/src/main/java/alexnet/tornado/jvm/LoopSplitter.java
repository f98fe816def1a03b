package alexnet.tornado.jvm;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a kernel to take two more parameters, the thread's number and the number of threads, and to run only that
 * thread's share of each parallel loop:
 * <pre>
 *     [start]  istore i
 *     [bound]  istore end
 *     iload i  iload end  iload thread  iload threads  invokestatic LoopShare.first
 *     iload i  iload end  iload thread  iload threads  invokestatic LoopShare.end    istore end
 *     istore i
 *     head:    iload i  iload end  if_icmpge exit
 * </pre>
 * The loop itself stays what it was, with a bound that the JIT now knows to be constant.
 */
final class LoopSplitter implements CodeTransform {

    private static final ClassDesc SHARE = LoopShare.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc SHARE_TYPE = MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int,
            ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

    /** The new variables of one loop: its end, and this thread's place in the team that shares the loops inside. */
    private record Variables(int end, int innerThread, int innerThreads) {
    }

    private final List<Instruction> instructions;
    private final List<ParallelLoops.Loop> loops;
    private final int parameterSlots;
    private final Map<ParallelLoops.Loop, Variables> variables = new HashMap<>();
    private int place;

    /** A transform for one use. */
    LoopSplitter(CodeAttribute code, MethodType type, List<ParallelLoops.Loop> loops) {
        this.instructions = code.elementList().stream().filter(Instruction.class::isInstance).map(Instruction.class::cast).toList();
        this.loops = loops;
        this.parameterSlots = type.parameterList().stream().mapToInt(parameter -> TypeKind.from(parameter).slotSize()).sum();
        int slot = moved(code.maxLocals());
        for (ParallelLoops.Loop loop : loops) {
            variables.put(loop, new Variables(slot, slot + 1, slot + 2));
            slot += 3;
        }
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
        switch (element) {
            case Instruction instruction -> {
                accept(builder, instruction, place);
                place++;
            }
            // They describe variables that have moved.
            case LocalVariable _, LocalVariableType _, RuntimeVisibleTypeAnnotationsAttribute _,
                 RuntimeInvisibleTypeAnnotationsAttribute _ -> { }
            default -> builder.with(element);
        }
    }

    private void accept(CodeBuilder builder, Instruction instruction, int at) {
        for (ParallelLoops.Loop loop : loops) {
            if (at == loop.store()) {
                copy(builder, instruction);
                enter(builder, loop);
                return;
            }
            if (at > loop.head() && at < loop.exit()) {
                return;
            }
            if (at == loop.exit()) {
                builder.iload(variables.get(loop).end());
            }
        }
        copy(builder, instruction);
    }

    private void enter(CodeBuilder builder, ParallelLoops.Loop loop) {
        Variables own = variables.get(loop);
        instructions.subList(loop.head() + 1, loop.exit()).forEach(instruction -> copy(builder, instruction));
        builder.istore(own.end());
        boolean outer = loops.stream().anyMatch(other -> other.outer() == loop);
        if (outer) {
            share(builder, loop, "innerThread").istore(own.innerThread());
            share(builder, loop, "innerThreads").istore(own.innerThreads());
        }
        share(builder, loop, "first");
        share(builder, loop, outer ? "endOfOuter" : "end").istore(own.end());
        builder.istore(moved(loop.slot()));
    }

    private CodeBuilder share(CodeBuilder builder, ParallelLoops.Loop loop, String method) {
        Variables around = variables.get(loop.outer());
        return builder.iload(moved(loop.slot())).iload(variables.get(loop).end())
                .iload(around == null ? parameterSlots : around.innerThread())
                .iload(around == null ? parameterSlots + 1 : around.innerThreads())
                .invokestatic(SHARE, method, SHARE_TYPE);
    }

    private void copy(CodeBuilder builder, Instruction instruction) {
        switch (instruction) {
            case LoadInstruction load -> builder.loadLocal(load.typeKind(), moved(load.slot()));
            case StoreInstruction store -> builder.storeLocal(store.typeKind(), moved(store.slot()));
            case IncrementInstruction step -> builder.iinc(moved(step.slot()), step.constant());
            default -> builder.with(instruction);
        }
    }

    /** The new place of a local variable: the two parameters come after the others. */
    private int moved(int slot) {
        return slot < parameterSlots ? slot : slot + 2;
    }
}

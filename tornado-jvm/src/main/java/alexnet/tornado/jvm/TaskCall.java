package alexnet.tornado.jvm;

import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;

/**
 * The method reference in a call {@code graph.task(id, Kernels::kernel, arguments...)}, read from the caller's bytecode.
 * TornadoVM 5's task interfaces are not serialisable, so that a task which was compiled against them cannot be asked.
 *
 * @param method   the method
 * @param captured the number of variables that a lambda expression captures
 */
record TaskCall(DirectMethodHandleDesc method, int captured) {

    /** How many values an instruction takes from the stack and puts there. */
    private record Effect(int pops, int pushes) {
    }

    private static final int IMPLEMENTATION = 1;

    /** The reference in the call that the program is making. */
    static TaskCall current(String task) {
        StackFrame caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.dropWhile(frame -> isRuntime(frame.getClassName())).findFirst()).orElseThrow();
        List<Instruction> before = instructionsUpTo(task, caller);
        InvokeInstruction call = (InvokeInstruction) before.removeLast();
        int above = call.typeSymbol().parameterCount() - 2;
        for (Instruction instruction : before.reversed()) {
            Effect effect = effect(instruction);
            if (effect == null) {
                break;
            }
            if (above < effect.pushes) {
                if (instruction instanceof InvokeDynamicInstruction lambda
                        && lambda.bootstrapArgs().size() > IMPLEMENTATION
                        && lambda.bootstrapArgs().get(IMPLEMENTATION) instanceof DirectMethodHandleDesc method) {
                    return new TaskCall(method, lambda.typeSymbol().parameterCount());
                }
                break;
            }
            above += effect.pops - effect.pushes;
        }
        throw new TornadoTaskRuntimeException("task " + task + ": which kernel it stands for cannot be seen in " + caller
                + "; write Kernels::kernel into the call itself, or compile it against tornado-jvm's API");
    }

    private static boolean isRuntime(String className) {
        return className.startsWith("uk.ac.manchester.tornado.api.") || className.startsWith(TaskCall.class.getPackageName() + ".");
    }

    private static List<Instruction> instructionsUpTo(String task, StackFrame caller) {
        Class<?> owner = caller.getDeclaringClass();
        String file = owner.getName().substring(owner.getName().lastIndexOf('.') + 1) + ".class";
        try (var stream = owner.getResourceAsStream(file)) {
            if (stream == null) {
                throw new TornadoTaskRuntimeException("task " + task + ": there is no class file of " + owner.getName());
            }
            MethodModel method = ClassFile.of().parse(stream.readAllBytes()).methods().stream()
                    .filter(candidate -> candidate.methodName().equalsString(caller.getMethodName())
                            && candidate.methodType().equalsString(caller.getDescriptor()))
                    .findFirst().orElseThrow();
            List<Instruction> instructions = new ArrayList<>();
            int place = 0;
            for (var element : method.code().orElseThrow().elementList()) {
                if (element instanceof Instruction instruction && place <= caller.getByteCodeIndex()) {
                    instructions.add(instruction);
                    place += instruction.sizeInBytes();
                }
            }
            return instructions;
        } catch (IOException e) {
            throw new TornadoTaskRuntimeException("task " + task + ": the class file of " + owner.getName() + " cannot be read", e);
        }
    }

    /** The effect of an instruction that can be part of an argument without conditions; null for any other. */
    private static Effect effect(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction _, ConstantInstruction _, NewObjectInstruction _ -> new Effect(0, 1);
            case ConvertInstruction _, TypeCheckInstruction _ -> new Effect(1, 1);
            case ArrayLoadInstruction _ -> new Effect(2, 1);
            case OperatorInstruction operator -> new Effect(isUnary(operator.opcode()) ? 1 : 2, 1);
            case FieldInstruction field when field.opcode() == Opcode.GETSTATIC -> new Effect(0, 1);
            case FieldInstruction field when field.opcode() == Opcode.GETFIELD -> new Effect(1, 1);
            case StackInstruction stack when stack.opcode() == Opcode.DUP -> new Effect(1, 2);
            case InvokeInstruction call -> effect(call.typeSymbol(), call.opcode() == Opcode.INVOKESTATIC ? 0 : 1);
            case InvokeDynamicInstruction call -> effect(call.typeSymbol(), 0);
            default -> null;
        };
    }

    private static Effect effect(MethodTypeDesc type, int receivers) {
        return new Effect(type.parameterCount() + receivers, type.returnType().equals(ConstantDescs.CD_void) ? 0 : 1);
    }

    private static boolean isUnary(Opcode opcode) {
        return switch (opcode) {
            case INEG, LNEG, FNEG, DNEG, ARRAYLENGTH -> true;
            default -> false;
        };
    }
}

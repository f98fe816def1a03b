package alexnet.core.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.device.Devices;
import alexnet.core.group.DeviceLink;
import alexnet.core.group.Exchange;
import alexnet.core.group.HostExchange;
import alexnet.core.group.HostLink;
import alexnet.core.group.Link;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.NormalizationShape;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The gradient check passes what is right and finds what is wrong. */
class GradientCheckTest {

    /** What is planted, one at a time, into the way back of an otherwise right network. */
    private enum Fault {
        LRN_WITHOUT_NEIGHBOURS("normalizationInputGradient"),
        RELU_LETS_EVERY_GRADIENT_THROUGH("reluGradient"),
        DROPOUT_OF_THE_NEXT_UNIT("dropoutGradient"),
        OTHER_GROUPS_GRADIENT_NOT_ADDED("add"),
        OWN_GRADIENT_SENT_TO_THE_OTHER_GROUP("copy"),
        SECOND_GROUPS_LABELS_SHIFTED("softmaxCrossEntropyGradient"),
        LAST_EXCHANGE_BRINGS_NOTHING("none");

        private final String operation;

        Fault(String operation) {
            this.operation = operation;
        }

        /** The family with the fault. */
        KernelFamily in(KernelFamily family) {
            InvocationHandler handler = (_, method, arguments) -> {
                if (method.getName().equals(operation) && !changes(family, arguments)) {
                    return null;
                }
                try {
                    return method.invoke(family, arguments);
                } catch (InvocationTargetException failed) {
                    throw failed.getCause();
                }
            };
            return (KernelFamily) Proxy.newProxyInstance(KernelFamily.class.getClassLoader(), new Class<?>[] {KernelFamily.class}, handler);
        }

        /** Whether the operation is to be called, with the changed arguments. */
        private boolean changes(KernelFamily family, Object[] arguments) {
            String task = (String) arguments[1];
            switch (this) {
                case LRN_WITHOUT_NEIGHBOURS -> {
                    NormalizationShape s = (NormalizationShape) arguments[2];
                    arguments[2] = new NormalizationShape(s.images(), s.channels(), s.height(), s.width(), 1, s.alpha(), s.beta(), s.k(),
                            s.first(), s.count(), s.groups());
                }
                case OTHER_GROUPS_GRADIENT_NOT_ADDED -> { }
                case OWN_GRADIENT_SENT_TO_THE_OTHER_GROUP -> {
                    if (task.contains("_send")) {
                        arguments[4] = (int) arguments[4] == 0 ? arguments[2] : 0;
                    }
                }
                case SECOND_GROUPS_LABELS_SHIFTED -> arguments[3] = 0;
                case DROPOUT_OF_THE_NEXT_UNIT -> arguments[4] = (int) arguments[4] + 1;
                case RELU_LETS_EVERY_GRADIENT_THROUGH, LAST_EXCHANGE_BRINGS_NOTHING -> { }
            }
            return this != RELU_LETS_EVERY_GRADIENT_THROUGH && this != OTHER_GROUPS_GRADIENT_NOT_ADDED;
        }

        Link link() {
            return new HostLink(this == LAST_EXCHANGE_BRINGS_NOTHING ? new ForgetfulExchange() : new HostExchange());
        }
    }

    /** Of the gradients' exchanges, which come after those forward, the last brings nothing. */
    private static final class ForgetfulExchange implements Exchange {

        /** Forward conv1's maps beside the border, conv2, conv5, fc6, fc7 and the logits, back the first five. */
        private static final int LAST = 11;

        private final HostExchange exchange = new HostExchange();
        private final ThreadLocal<Integer> exchanges = ThreadLocal.withInitial(() -> 0);

        @Override
        public void send(int from, int to, FloatArray outgoing) {
            exchange.send(from, to, outgoing);
        }

        @Override
        public void await(int part, int from) throws InterruptedException {
            exchange.await(part, from);
        }

        @Override
        public void clear() {
            exchange.clear();
        }

        @Override
        public void receive(int part, int from, FloatArray incoming) throws InterruptedException {
            exchanges.set(exchanges.get() + 1);
            exchange.receive(part, from, exchanges.get() == LAST ? new FloatArray(incoming.getSize()) : incoming);
        }
    }

    private static List<TwoGroupNetwork.Placement> placements() {
        return Devices.ofRuntime().byDefault().stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList();
    }

    static List<Link> links() {
        return List.of(new HostLink(new HostExchange()), new DeviceLink());
    }

    @ParameterizedTest
    @MethodSource("links")
    void theGradientOfBothGroupsIsThatOfTheLoss(Link link) {
        List<GradientCheck.Result> heard = new ArrayList<>();
        List<GradientCheck.Result> results = GradientCheck.run(placements(), link, 6, 1, heard::add);

        assertEquals(List.of("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "conv3.weight", "conv3.bias", "conv4.weight",
                        "conv4.bias", "conv5.weight", "conv5.bias", "fc6.weight", "fc6.bias", "fc7.weight", "fc7.bias", "fc8.weight",
                        "fc8.bias"),
                results.stream().map(GradientCheck.Result::parameter).toList());
        assertEquals(results, heard);
        results.forEach(result -> assertTrue(result.passed(), result.toString()));
        int kinks = results.stream().mapToInt(GradientCheck.Result::kinks).sum();
        int checked = results.stream().mapToInt(GradientCheck.Result::checked).sum();
        assertTrue(kinks < checked / 10, kinks + " of " + (checked + kinks) + " excluded");
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedFaultIsFound(Fault fault) {
        assumeFalse(new FloatArray(1).getSegment().isNative(), "the faults are planted where kernels need not be compiled anew for each");
        List<TwoGroupNetwork.Placement> faulty = placements().stream()
                .map(placement -> new TwoGroupNetwork.Placement(placement.device(), fault.in(placement.kernels()))).toList();

        List<GradientCheck.Result> results = GradientCheck.run(faulty, fault.link(), 4, 1, _ -> { });

        String wrong = results.stream().filter(result -> !result.passed()).map(GradientCheck.Result::parameter).collect(Collectors.joining(" "));
        assertFalse(wrong.isEmpty(), results.toString());
        assertTrue(results.stream().filter(result -> result.parameter().startsWith("fc8")).allMatch(GradientCheck.Result::passed)
                || fault == Fault.SECOND_GROUPS_LABELS_SHIFTED, "what lies before the fault on the way back is right: " + wrong);
    }
}

/**
 * The network on its devices: its parts ({@link alexnet.core.network.Partition}) compute at once on a device each or in turn on one,
 * and meet where a layer sees maps of other parts. Two parts are the paper's two channel groups.
 *
 * <p>From data to execution: {@link alexnet.core.group.GroupLayers} allocates a part's layers and arrays and cuts them into
 * segments; {@link alexnet.core.group.DevicePlan} makes the task graphs of the parts on one device, to which a
 * {@link alexnet.core.group.Link} adds what passes between the parts behind each segment, each
 * {@linkplain alexnet.core.group.Values range of values} to those who see it; and {@link alexnet.core.group.TwoGroupNetwork} runs the
 * plans.
 */
package alexnet.core.group;

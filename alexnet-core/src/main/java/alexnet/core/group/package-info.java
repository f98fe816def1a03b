/**
 * The network on its devices: its channel groups compute at once on two devices or in turn on one, and meet where a layer sees
 * both groups' maps.
 *
 * <p>From data to execution: {@link alexnet.core.group.GroupLayers} allocates a group's layers and arrays and cuts them into
 * segments; {@link alexnet.core.group.DevicePlan} makes the task graphs of the groups on one device, to which a
 * {@link alexnet.core.group.Link} adds what passes between the groups behind each segment; and
 * {@link alexnet.core.group.TwoGroupNetwork} runs the plans.
 */
package alexnet.core.group;

/**
 * The network on its devices: each channel group has an execution plan and a thread of its own, and the two meet where a layer
 * sees both groups' maps.
 *
 * <p>From data to execution: {@link alexnet.core.group.GroupLayers} allocates a group's layers and arrays and cuts them into
 * segments, the plan makes a task graph of each segment and direction, and {@link alexnet.core.group.TwoGroupNetwork} runs both
 * groups' plans at once. What meets goes through an {@link alexnet.core.group.Exchange}.
 */
package alexnet.core.group;

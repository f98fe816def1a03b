/**
 * Prepared sets: images that were decoded, scaled and checked once and lie in shards, with all that training has to know of them.
 * {@link alexnet.core.data.shard.SetFolder} says what lies where, {@link alexnet.core.data.shard.Manifest} what is in it.
 */
package alexnet.core.data.shard;

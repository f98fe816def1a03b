/** What is known of each sample of a large set without reading it: written once, memory-mapped. */
package alexnet.core.data.index;

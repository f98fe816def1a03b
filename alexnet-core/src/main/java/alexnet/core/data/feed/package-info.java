/** How images reach training: checked once and kept where memory allows, read ahead in batches. */
package alexnet.core.data.feed;

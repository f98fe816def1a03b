/** What the parts of a training step take. */
package alexnet.core.profile;

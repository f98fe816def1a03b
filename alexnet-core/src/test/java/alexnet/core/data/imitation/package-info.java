/**
 * Sets of ILSVRC-2012's form in small, in every form in which people have it, with all kinds of odd and bad files. Uses the JDK alone:
 * {@code scripts/imitate-imagenet} runs it from its sources.
 */
package alexnet.core.data.imitation;

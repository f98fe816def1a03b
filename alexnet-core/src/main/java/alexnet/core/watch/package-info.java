/**
 * What can go wrong in the numbers of a run, told while it happens: values that are not finite, a loss that stays where guessing
 * would be, layers of which nothing comes, and what layers with weights look like.
 */
package alexnet.core.watch;

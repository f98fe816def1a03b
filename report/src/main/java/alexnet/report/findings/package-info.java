/** Finds out what a network has learnt: what it says of the validation images, and which images look alike to it. */
package alexnet.report.findings;

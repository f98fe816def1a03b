/**
 * Shows runs: the {@linkplain alexnet.report.Page page} of their curves and of what was learnt, in one file that needs no
 * network; the same page while training goes on; and its figures as pictures.
 */
package alexnet.report;

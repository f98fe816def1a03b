/** Tars read where they lie: headers once, then each file by its place. */
package alexnet.core.data.archive.tar;

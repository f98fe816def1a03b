/** Sets of images in archives and lists. */
package alexnet.core.data.archive;

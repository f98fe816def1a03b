/** Folders of images: listing them, finding their halves and classes, holding out a share, leaving out copies. */
package alexnet.core.data.folder;

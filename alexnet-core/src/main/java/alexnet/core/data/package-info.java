/**
 * Labelled images: where they come from ({@link alexnet.core.data.catalog.Datasets}), how they are decoded and scaled to the
 * stored size (paper, section 2; {@link alexnet.core.data.decode}), what is measured on the training set
 * ({@link alexnet.core.data.DatasetStatistics}), and how they reach training in batches
 * ({@link alexnet.core.data.feed.BatchLoader}).
 *
 * <p>The way of a folder: {@link alexnet.core.data.folder.FolderTree} lists it, {@link alexnet.core.data.folder.Layout} finds its halves,
 * {@link alexnet.core.data.folder.ClassFolders} its classes, {@link alexnet.core.data.folder.ImageSignature} what is an image, and
 * {@link alexnet.core.data.folder.HeldOut} splits it where it has one half alone. What cannot be read is {@link alexnet.core.data.Skipped},
 * up to {@link alexnet.core.data.MaxBad}; {@link alexnet.core.data.Fingerprint} knows the images again.
 *
 * <p>The way of archives ({@link alexnet.core.data.archive}): {@link alexnet.core.data.archive.tar.TarScan} goes through their headers
 * once, {@link alexnet.core.data.archive.KeptIndex} keeps what it finds, and {@link alexnet.core.data.archive.ArchivedImages} reads each
 * image where it lies. {@link alexnet.core.data.SampleName} calls an image the same in all forms.
 *
 * <p>The way of an image: an {@link alexnet.core.data.ImageSource} reads it, {@link alexnet.core.data.StoredImages}
 * checks it once and keeps it where memory allows, {@link alexnet.core.data.Order} says when its turn is, and a batch loader
 * copies it into a {@link alexnet.core.data.feed.Batch}.
 * Crops, mirroring, the mean and colour noise are the work of the devices.
 */
package alexnet.core.data;

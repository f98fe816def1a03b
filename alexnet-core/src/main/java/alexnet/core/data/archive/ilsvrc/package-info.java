/** ILSVRC's own archives: the training images' tar of tars, the validation images' tar, and the development kit that labels them. */
package alexnet.core.data.archive.ilsvrc;

/** Sets in WebDataset's tars, in which the files of one stem are one sample. */
package alexnet.core.data.archive.wds;

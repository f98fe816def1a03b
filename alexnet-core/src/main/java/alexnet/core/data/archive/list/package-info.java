/** Sets whose images' classes stand in a file beside them: Caffe's lists, and Kaggle's and the devkit's files for a flat folder of validation images. */
package alexnet.core.data.archive.list;

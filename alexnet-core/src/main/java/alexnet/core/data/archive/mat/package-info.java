/** MATLAB's files of level 5, as far as tables are kept in them: structures of text and numbers. */
package alexnet.core.data.archive.mat;

/** Opens a data set by what the user calls it, whatever form it has. */
package alexnet.core.data.catalog;

/** Pictures that the program makes, as files. */
package alexnet.core.picture;

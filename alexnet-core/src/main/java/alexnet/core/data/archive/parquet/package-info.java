/** Parquet files that hold images, as Hugging Face publishes data sets. */
package alexnet.core.data.archive.parquet;

/**
 * TensorBoard's event files. They are TFRecords, each of which holds an {@code Event} of TensorFlow's public protobuf schema
 * ({@code tensorflow/core/util/event.proto}, {@code framework/summary.proto}, {@code framework/tensor.proto}).
 *
 * <p>The classes that protoc makes of the schema come with TensorFlow's Java API alone, 4 MB of it, of which a run would need nine
 * messages. So these are written field by field by protobuf's own {@link com.google.protobuf.CodedOutputStream}, which ONNX files
 * need anyway, and the tests read them with the generated classes.
 */
package alexnet.core.run.sink.tensorboard;

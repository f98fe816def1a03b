package alexnet.core.run.sink.tensorboard;

/**
 * A PNG file.
 *
 * @param grey whether it has one channel, not three
 */
record Picture(byte[] png, int width, int height, boolean grey) {
}

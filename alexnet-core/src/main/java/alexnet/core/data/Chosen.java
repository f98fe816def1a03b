package alexnet.core.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;


/**
 * Some images of other sources.
 *
 * @param channels of each of them
 * @param places   where each of them is, in order
 */
record Chosen(int channels, List<Place> places) implements ImageSource {

    /** An image of a source. */
    record Place(ImageSource source, int index) {
    }

    Chosen {
        places = List.copyOf(places);
    }

    /** At most so many images of a source, spread evenly over the classes and within each: the same every time. */
    static ImageSource atMost(int count, ImageSource source) {
        return count >= source.size() ? source : new Chosen(source.channels(),
                Arrays.stream(Order.spread(source::label, source.size(), count)).mapToObj(index -> new Place(source, index)).toList());
    }

    @Override
    public int size() {
        return places.size();
    }

    @Override
    public int label(int index) {
        return places.get(index).source.label(places.get(index).index);
    }

    @Override
    public String name(int index) {
        return places.get(index).source.name(places.get(index).index);
    }

    @Override
    public String sampleName(int index) {
        return places.get(index).source.sampleName(places.get(index).index);
    }

    @Override
    public int key(int index) {
        return places.get(index).source.key(places.get(index).index);
    }

    @Override
    public String content(int index) {
        return places.get(index).source.content(places.get(index).index);
    }

    @Override
    public Resize resize() {
        return places.isEmpty() ? Resize.COVER : places.getFirst().source.resize();
    }

    @Override
    public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
        places.get(index).source.read(places.get(index).index, preprocessing, pixels);
    }

    @Override
    public void close() {
        places.stream().map(Place::source).distinct().forEach(ImageSource::close);
    }
}

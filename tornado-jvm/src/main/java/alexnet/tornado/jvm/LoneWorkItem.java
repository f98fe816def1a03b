package alexnet.tornado.jvm;

import java.lang.reflect.Array;

/** The only work-item of its group and grid: it waits for nobody, and its local arrays are its own. */
final class LoneWorkItem implements WorkItem {

    @Override
    public int globalId(int dimension) {
        return 0;
    }

    @Override
    public int groupId(int dimension) {
        return 0;
    }

    @Override
    public int localId(int dimension) {
        return 0;
    }

    @Override
    public int globalSize(int dimension) {
        return 1;
    }

    @Override
    public int localSize(int dimension) {
        return 1;
    }

    @Override
    public void barrier() {
        // Everybody in the group is here.
    }

    @Override
    public <T> T localArray(Class<T> type, int length) {
        return type.cast(Array.newInstance(type.componentType(), length));
    }
}

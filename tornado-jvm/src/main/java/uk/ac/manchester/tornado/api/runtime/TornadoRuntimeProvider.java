package uk.ac.manchester.tornado.api.runtime;

import alexnet.tornado.jvm.JvmRuntime;
import uk.ac.manchester.tornado.api.TornadoRuntime;

/** Where the runtime of this process is found. */
public class TornadoRuntimeProvider {

    /** The methods are static. */
    public TornadoRuntimeProvider() {
    }

    /** The runtime, one in a process. */
    public static TornadoRuntime getTornadoRuntime() {
        return JvmRuntime.instance();
    }
}

package uk.ac.manchester.tornado.api;

import alexnet.tornado.jvm.GraphDefinition;

/** A task graph that can no longer change, ready to be run by a {@link TornadoExecutionPlan}. */
public class ImmutableTaskGraph {

    private final GraphDefinition definition;

    ImmutableTaskGraph(GraphDefinition definition) {
        this.definition = definition;
    }

    GraphDefinition definition() {
        return definition;
    }
}

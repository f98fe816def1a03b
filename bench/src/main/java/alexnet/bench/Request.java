package alexnet.bench;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the referee asks of a worker: one line of JSON, which the worker answers by one line, a {@link Reply}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "ask")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Request.Introduce.class, name = "introduce"),
    @JsonSubTypes.Type(value = Request.Share.class, name = "share"),
    @JsonSubTypes.Type(value = Request.Logits.class, name = "logits"),
    @JsonSubTypes.Type(value = Request.Steps.class, name = "steps"),
    @JsonSubTypes.Type(value = Request.Memory.class, name = "memory"),
    @JsonSubTypes.Type(value = Request.Dissect.class, name = "dissect")})
sealed interface Request {

    /** Who are you, and how long did it take you to be ready? */
    record Introduce() implements Request {
    }

    /** Write your weights and your batch to that file, see {@link SharedNetwork}; only for this program's network. */
    record Share(String file) implements Request {
    }

    /** What does your network make of its batch? Before it is trained. */
    record Logits() implements Request {
    }

    /** Compute that many batches. */
    record Steps(Pass pass, int count) implements Request {
    }

    /** How much memory has your process held at most? */
    record Memory() implements Request {
    }

    /** Measure your devices' limits and that many training steps, part by part. From the first time on there are no more {@link Steps}. */
    record Dissect(int count) implements Request {
    }
}

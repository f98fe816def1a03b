package alexnet.bench;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a worker answers to a {@link Request}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Introduction.class, name = "introduction"),
    @JsonSubTypes.Type(value = Reply.Shared.class, name = "shared"),
    @JsonSubTypes.Type(value = Reply.Logits.class, name = "logits"),
    @JsonSubTypes.Type(value = Reply.Times.class, name = "times"),
    @JsonSubTypes.Type(value = Reply.Peak.class, name = "peak"),
    @JsonSubTypes.Type(value = Reply.Dissection.class, name = "dissection")})
sealed interface Reply {

    /** Who it is, and the seconds from the start of its process until its network was ready. */
    record Introduction(Identity identity, double startSeconds) implements Reply {
    }

    /** The file is written. */
    record Shared() implements Reply {
    }

    /** The logits, {@code [images][classes]}, and the seconds that computing them took. */
    record Logits(float[] values, double seconds) implements Reply {
    }

    /** Seconds of each batch. */
    record Times(List<Double> seconds) implements Reply {
    }

    /** Bytes; 0 where the operating system does not tell. */
    record Peak(long bytes) implements Reply {
    }

    /** The limits and the steps; no limits where the contestant does not know its parts. */
    record Dissection(Limits limits, List<StepParts> steps) implements Reply {
    }
}

package alexnet.bench;

import java.util.List;

import alexnet.core.profile.StepProfile;

/**
 * One training step.
 *
 * @param seconds all of it
 * @param parts   what it was made of, in order; they add up to all of it
 */
public record StepParts(double seconds, List<Part> parts) {

    /** A part of a step and what it took, in seconds. */
    public record Part(String name, StepProfile.Work work, double seconds) {
    }
}

package alexnet.runner;

import alexnet.core.training.Interval;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an {@link Interval}. */
final class IntervalConverter implements ITypeConverter<Interval> {

    @Override
    public Interval convert(String text) {
        try {
            return Interval.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(wrong.getMessage());
        }
    }
}

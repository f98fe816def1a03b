package alexnet.runner;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Command lines that the help of a command ends with. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Examples {

    /** Lines to be typed as they are; what follows a {@code #} says why. */
    String[] value();
}

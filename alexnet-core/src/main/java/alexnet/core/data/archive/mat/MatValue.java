package alexnet.core.data.archive.mat;

import java.util.List;

/** A value in a {@link MatFile}. */
public sealed interface MatValue permits MatValue.Other, MatValue.Text, MatValue.Cells, MatValue.Structs, MatNumbers {

    /** What has no place here: sparse matrices, objects, functions; and what is empty. */
    record Other() implements MatValue {

        static final Other OTHER = new Other();
    }

    /** Characters, column by column. */
    record Text(String text) implements MatValue {
    }

    /** Cells, column by column. */
    record Cells(List<MatValue> values) implements MatValue {
    }

    /**
     * An array of structures.
     *
     * @param count  how many
     * @param fields what they are made of
     * @param values the fields of the first, then those of the second, and so on
     */
    record Structs(int count, List<String> fields, List<MatValue> values) implements MatValue {

        /** A field of one of them; {@link Other} if there is none of that name. */
        public MatValue get(int index, String field) {
            int at = fields.indexOf(field);
            return at < 0 ? Other.OTHER : values.get(index * fields.size() + at);
        }
    }
}

package alexnet.core.data.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;

import alexnet.core.data.TestSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalfTest {

    @ParameterizedTest
    @ValueSource(strings = {"train", "Training", "TRAIN", "seg_train", "train_images", "training_set", "trainset", "TrainSet", "train-data",
            "imagesTrain", "train2017", "Training Images", "ILSVRC2012_img_train", "01_train", "trainval"})
    void training(String name) {
        assertEquals(Optional.of(Half.TRAINING), Half.named(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"val", "valid", "Validation", "val_images", "validation_set", "ValidationSet", "val2017", "dev", "eval"})
    void validation(String name) {
        assertEquals(Optional.of(Half.VALIDATION), Half.named(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "Testing", "seg_test", "test_set", "TestSet", "test1", "Test Images"})
    void test(String name) {
        assertEquals(Optional.of(Half.TEST), Half.named(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cats", "trains", "valley", "contest", "protest", "training_and_test", "restrain", "valve", "", "strain", "value", "latest"})
    void neither(String name) {
        assertEquals(Optional.empty(), Half.named(name));
    }
}

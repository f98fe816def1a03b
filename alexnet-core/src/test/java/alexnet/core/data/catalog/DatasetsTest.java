package alexnet.core.data.catalog;

import alexnet.core.data.DataException;
import alexnet.core.data.Opening;
import alexnet.core.data.TestImages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "scripts/fetch-data is a bash script")
class DatasetsTest {

    @TempDir
    Path home;

    private final List<String> log = new ArrayList<>();

    /** A script in the place of fetch-data that copies a folder prepared before. */
    @BeforeEach
    void aStandInForTheDownload() throws IOException {
        TestImages.writeClass(home.resolve("prepared/a"), 5, 1);
        TestImages.writeClass(home.resolve("prepared/b"), 5, 2);
        script("echo \"bringing $1\"; mkdir -p \"$(dirname \"$3\")\"; cp -r " + home.resolve("prepared") + " \"$3\"");
    }

    private void script(String line) throws IOException {
        Path script = TestImages.write(home.resolve("scripts/fetch-data"), ("#!/usr/bin/env bash\n" + line + "\n").getBytes());
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String refusal(Datasets datasets, String value) {
        return assertThrows(DataException.class, () -> datasets.open(value)).getMessage();
    }

    @Test
    void aKnownSetIsFetchedOnceAndItsPlaceSaid() {
        var datasets = new Datasets(home, null, Opening.standard(log::add));
        Path place = home.resolve("data/food-photographs");

        assertEquals(place, datasets.open("food-photographs").folder());
        assertEquals(List.of("fetching food-photographs to " + place, "bringing food-photographs",
                "food-photographs: 8 training and 2 validation images of 2 classes in " + place, "classes: a, b",
                "2 of 10 images held out for validation, 20 % of each class"), log);

        log.clear();
        datasets.open("food-photographs");
        assertEquals(3, log.size());
    }

    @Test
    void anotherDataFolderIsUsed(@TempDir Path data) {
        assertEquals(data.resolve("fashion-mnist"), new Datasets(home, data, Opening.standard(log::add)).open("fashion-mnist").folder());
        assertEquals(data.resolve("fashion-mnist"), new Datasets(null, data, Opening.standard(log::add)).open("fashion-mnist").folder());
    }

    @Test
    void anyOtherValueIsAFolder() {
        assertEquals(2, new Datasets(null, null, Opening.standard(log::add)).open(home.resolve("prepared").toString()).classes().size());
    }

    @Test
    void aFailedFetchSaysWhy() throws IOException {
        script("echo 'this machine is offline' >&2; exit 1");

        assertEquals("could not fetch fashion-mnist: this machine is offline", refusal(new Datasets(home, null, Opening.standard(log::add)), "fashion-mnist"));
    }

    @Test
    void withoutTheProjectsFolderItSaysWhatToDo(@TempDir Path data) {
        assertTrue(refusal(new Datasets(null, null, Opening.standard(log::add)), "fashion-mnist").contains("start the program by scripts/alexnet"));
        assertTrue(refusal(new Datasets(null, data, Opening.standard(log::add)), "fashion-mnist").contains("fetch it by scripts/fetch-data fashion-mnist --to"));
    }

    @Test
    void aMissingFolderIsNamedTogetherWithTheKnownSets() {
        assertEquals("no such folder: cifar (data sets known by name: food-photographs, fashion-mnist)",
                refusal(new Datasets(home, null, Opening.standard(log::add)), "cifar"));
    }

    @Test
    void theFirstOfManyClassesAreShown() throws IOException {
        for (char name = 'a'; name < 'm'; name++) {
            TestImages.writeClass(home.resolve("many/" + name), 2, name);
        }
        new Datasets(null, null, Opening.standard(log::add)).open(home.resolve("many").toString());
        assertEquals("classes: a, b, c, d, e, f, g, h, i, j and 2 more", log.get(1));
    }
}

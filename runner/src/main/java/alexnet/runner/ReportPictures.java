package alexnet.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import alexnet.core.checkpoint.WholeFile;
import alexnet.report.ReportedRun;
import alexnet.report.picture.Pictures;

/** The page's figures as PNG files, in a folder beside it that is called like it. */
final class ReportPictures {

    private ReportPictures() {
    }

    /** Where the pictures of a page lie: {@code report/} beside {@code report.html}. */
    static Path folder(Path page) {
        String name = page.getFileName().toString();
        String stem = name.replaceFirst("\\.[^.]+$", "");
        return page.resolveSibling(stem.equals(name) ? name + "-pictures" : stem);
    }

    /**
     * Writes all of them, and deletes those of an earlier report that there are no longer.
     *
     * @return how many there are
     * @throws OutputException if one cannot be written
     */
    static int write(Path folder, List<ReportedRun> runs) {
        Map<String, byte[]> pictures = Pictures.of(runs);
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(file -> Pictures.isOne(file.getFileName().toString()) && !pictures.containsKey(file.getFileName().toString())).toList()) {
                    Files.delete(file);
                }
            }
            for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
                WholeFile.write(folder.resolve(picture.getKey()), picture.getValue());
            }
        } catch (IOException failure) {
            throw new OutputException(folder, failure);
        }
        return pictures.size();
    }
}

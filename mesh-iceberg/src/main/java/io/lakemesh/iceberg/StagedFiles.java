package io.lakemesh.iceberg;

import java.io.IOException;
import java.util.List;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what a run leaves. Runs that failed end here: what fails now is logged, so that it does not hide why the run
 * failed, and maintenance finds what is left.
 */
final class StagedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(StagedFiles.class);

    /** Ends the writing of a file without a file. */
    interface Abort {
        void run() throws IOException;
    }

    private StagedFiles() {}

    static void abort(Abort abort) {
        try {
            abort.run();
        } catch (IOException | RuntimeException e) {
            LOG.debug("Cannot end the writing of a staged file", e);
        }
    }

    static void delete(FileIO io, String location) {
        delete(io, List.of(location));
    }

    /** Ends at the first file that cannot be deleted: storage that is away would be waited for as often as there are files. */
    static void delete(FileIO io, List<String> locations) {
        for (int i = 0; i < locations.size(); i++) {
            try {
                io.deleteFile(locations.get(i));
            } catch (RuntimeException e) {
                LOG.warn(
                        "Cannot delete the staged file {}: it is left for maintenance, and so are {} more",
                        locations.get(i),
                        locations.size() - i - 1,
                        e);
                return;
            }
        }
    }
}

package io.lakemesh.iceberg;

import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.iceberg.io.FileInfo;

/** The files below a folder of the local disk. */
final class Listing {
    private Listing() {}

    static List<String> of(String folder) {
        return StreamSupport.stream(new LocalFileIO().listPrefix(folder).spliterator(), false)
                .map(FileInfo::location)
                .toList();
    }
}

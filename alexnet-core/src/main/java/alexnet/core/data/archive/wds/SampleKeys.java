package alexnet.core.data.archive.wds;

import alexnet.core.data.SampleName;
import alexnet.core.data.archive.Kept;

/** How samples are called: by their members' names, or where these are not unique, by their tars' and theirs. */
enum SampleKeys {
    OF_MEMBERS, WITH_TARS;

    /** Which of them an index was made with, which the keys in it tell. */
    static SampleKeys of(Kept kept) {
        String name = kept.index().name(0);
        return kept.index().key(0) == SampleName.key(SampleName.ofMember(name)) ? OF_MEMBERS : WITH_TARS;
    }

    String name(String tar, String member) {
        return SampleName.ofMember(this == OF_MEMBERS ? member : tar.substring(0, Math.max(0, tar.lastIndexOf('.'))) + "/" + member);
    }
}

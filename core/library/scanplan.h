#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace marea::core::library {

// How a file looks from outside: equal stamps mean that nothing has to be read.
struct FileStamp {
    std::int64_t size = 0, mtimeNs = 0;
    std::uint64_t device = 0, inode = 0;
    bool sameContent(const FileStamp& other) const {
        return size == other.size && mtimeNs == other.mtimeNs && inode == other.inode;
    }
};

struct FoundFile {
    std::string path;  // relative to the library
    FileStamp stamp;
};

struct KnownFile {
    std::string path;
    FileStamp stamp;
    bool missing = false;
};

// What became of each file; indices into `found` and `known`. Every found file is in exactly one list, and every known
// file that was not missing before is in one of the pairs or in `vanished`.
struct ScanPlan {
    struct Pair {
        std::size_t known = 0, found = 0;
    };
    std::vector<Pair> unchanged;  // the same place and stamp
    std::vector<Pair> changed;    // the same place, another stamp
    std::vector<Pair> moved;      // another place, the same stamp on the same device (a rename)
    std::vector<Pair> returned;   // missing before, the same place and stamp
    std::vector<std::size_t> added;
    std::vector<std::size_t> vanished;
};

// Compares what was found with what was known of the same folders. A hard link is not taken for a rename as long as the
// known place is still there. Pure.
ScanPlan planScan(const std::vector<KnownFile>& known, const std::vector<FoundFile>& found);

// A digest of a folder's files: of names, sizes, times and inodes in any order.
using FolderSignature = std::array<std::uint8_t, 16>;
FolderSignature folderSignature(std::vector<std::pair<std::string_view, FileStamp>> files);

// What is digested into a fingerprint: the size and samples at the head, middle and tail of a file.
struct Sample {
    std::int64_t offset = 0, length = 0;
};
std::vector<Sample> fingerprintSamples(std::int64_t size);

}  // namespace marea::core::library

#include "sync/devices/massstorage/volumes.h"

#include <algorithm>
#include <array>

namespace marea::sync {

namespace {

constexpr std::array<std::string_view, 3> kPlaces{"/media/", "/run/media/", "/mnt/"};
constexpr std::array<std::string_view, 14> kFileSystems{"vfat",    "exfat", "fuseblk", "fuse.fusefat", "fuse.exfat",
                                                        "ntfs3",   "ntfs",  "ext4",    "ext3",         "ext2",
                                                        "hfsplus", "f2fs",  "apfs",    "refs"};

// As Windows, macOS and the BSDs call them, in small letters.
struct Said {
    std::string_view said, name;
};
constexpr std::array kSaid{Said{"fat", "vfat"},    Said{"fat12", "vfat"},  Said{"fat16", "vfat"},
                           Said{"fat32", "vfat"},  Said{"msdos", "vfat"},  Said{"msdosfs", "vfat"},
                           Said{"hfs", "hfsplus"}, Said{"ext2fs", "ext2"}, Said{"fusefs.exfat", "fuse.exfat"}};

std::vector<std::string_view> fieldsOf(std::string_view line) {
    std::vector<std::string_view> fields;
    while (!line.empty()) {
        const std::size_t end = std::min(line.find(' '), line.size());
        if (end > 0) {
            fields.push_back(line.substr(0, end));
        }
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return fields;
}

bool isOctal(std::string_view digits) {
    return digits.size() == 3 && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '7'; });
}

// Blanks, tabs, line breaks and backslashes stand as \040 and the like.
std::string unescaped(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view digits = text.substr(std::min(i + 1, text.size()), 3);
        if (text[i] == '\\' && isOctal(digits)) {
            result.push_back(static_cast<char>((digits[0] - '0') * 64 + (digits[1] - '0') * 8 + (digits[2] - '0')));
            i += 3;
        } else {
            result.push_back(text[i]);
        }
    }
    return result;
}

bool isPlace(std::string_view path) {
    return std::any_of(kPlaces.begin(), kPlaces.end(), [&](std::string_view place) { return path.starts_with(place); });
}

// Calls `take(fields, dash)` for each whole line; what stands before the dash varies in number (proc(5)).
template <class F>
void eachMount(std::string_view mountInfo, F take) {
    while (!mountInfo.empty()) {
        const std::size_t end = std::min(mountInfo.find('\n'), mountInfo.size());
        const std::vector<std::string_view> fields = fieldsOf(mountInfo.substr(0, end));
        mountInfo.remove_prefix(std::min(end + 1, mountInfo.size()));
        const auto dash = std::find(fields.begin(), fields.end(), "-");
        if (fields.size() >= 5 && fields.end() - dash >= 3) {
            take(fields, dash);
        }
    }
}

}  // namespace

std::vector<Volume> volumesFrom(std::string_view mountInfo) {
    std::vector<Volume> mounted;
    eachMount(mountInfo, [&](const auto& fields, auto dash) {
        mounted.push_back({unescaped(fields[4]), std::string(dash[1]), unescaped(dash[2]), ""});
    });
    return carriedOf(std::move(mounted));
}

std::vector<Volume> carriedOf(std::vector<Volume> mounted) {
    std::erase_if(
        mounted, [](const Volume& volume) { return !isPlace(volume.path) || !isCarriedFileSystem(volume.fileSystem); });
    for (Volume& volume : mounted) {
        volume.name = volume.path.substr(volume.path.rfind('/') + 1);
    }
    return mounted;
}

std::string fileSystemName(std::string_view said) {
    std::string small(said);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const auto known = std::find_if(kSaid.begin(), kSaid.end(), [&](const Said& one) { return one.said == small; });
    return known == kSaid.end() ? small : std::string(known->name);
}

bool isCarriedFileSystem(std::string_view fileSystem) {
    return std::find(kFileSystems.begin(), kFileSystems.end(), fileSystem) != kFileSystems.end();
}

std::string fileSystemOf(std::string_view mountInfo, std::string_view number) {
    std::string found;
    eachMount(mountInfo, [&](const auto& fields, auto dash) {
        if (fields[2] == number) {
            found = std::string(dash[1]);
        }
    });
    return found;
}

bool isFat(std::string_view fileSystem) {
    return fileSystem == "vfat" || fileSystem == "msdos" || fileSystem == "fuse.fusefat" || fileSystem == "msdosfs";
}

}  // namespace marea::sync

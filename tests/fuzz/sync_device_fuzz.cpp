// What a device says: its library file, names from anywhere, profiles that people write. What is taken stays below the
// device's root, fits its limits, and is the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sync/plan/deviceprofile.h"
#include "tests/support/librarytree.h"

using namespace marea;
using namespace marea::sync;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

void checkName(std::string_view text, NameKind kind) {
    const std::string path = pathOnDevice(text, kind);
    demand(!path.empty() && path.front() != '/' && path.find('\0') == std::string::npos);
    demand(("/" + path + "/").find("/../") == std::string::npos);
    if (kind != NameKind::Posix)
        demand(isPlainPath(path) || path.size() > 2000);
    demand(nameOnDevice(nameOnDevice(text, kind), kind) == nameOnDevice(text, kind));
    TakenPaths taken(kind);
    demand(taken.takeFree(path) == path);
    const std::string other = taken.takeFree(path);
    demand(clashKey(other, kind) != clashKey(path, kind));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto library = libraryFileFrom(text)) {
        const auto tree = marea::test::libraryFromTree(text);
        demand(tree && tree->device == library->device && tree->files == library->files &&
               tree->owners == library->owners);
        const auto again = libraryFileFrom(libraryFileText(*library));
        demand(again && again->files == library->files);
        for (const DeviceFile& file : library->files)
            demand(isPlainPath(file.path));
    }
    if (const auto profiles = profilesFromJson(text))
        static_cast<void>(cannotPlay(profileFor(*profiles, text.substr(0, 20)), {"mp3", "mp3", "", 2, 44100, 0, 0, 0}));
    for (const NameKind kind : {NameKind::Fat, NameKind::Mtp, NameKind::Posix})
        checkName(text, kind);
    return 0;
}

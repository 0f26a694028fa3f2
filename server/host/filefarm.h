#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "core/io/prober.h"

namespace marea::server {

// What a server makes of its titles for downloads, made of any file, for a program that has no server at hand: the same
// locked-down workers, and as little of the rest as that takes. Nothing of it stays. Calls come from any thread, but
// none during its end.
class FileFarm {
public:
    struct Options {
        std::string folder;              // where what is under way lies, each farm apart; made when missing. Absolute
        int cores = 1;                   // to keep busy, at a low priority
        std::string workerProgram = {};  // empty: beside this program
    };
    // NotFound: the program of the workers is not there.
    static core::Result<std::unique_ptr<FileFarm>> open(const Options& options);
    ~FileFarm();

    core::Prober& prober();
    std::size_t atOnce() const;  // files in the making that keep the cores busy

    struct Wish {
        core::FileHandle file;
        std::string name;             // without folders
        std::string quality, format;  // in the words of downloads: "192" and "mp3"
    };
    // The file at `path`, on the file system of the options' folder. Blocks; `isCancelled` is asked several times a
    // second. Unprocessable, Corrupt, Timeout …: nothing of the kind can be made of it, with the reason in words.
    core::Result<void> make(Wish wish, const std::string& path, const std::function<bool()>& isCancelled);

private:
    class Making;
    struct Parts;
    explicit FileFarm(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace marea::server

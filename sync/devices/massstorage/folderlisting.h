#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/io/folderfiles.h"
#include "sync/engine/target.h"

namespace marea::sync {

// All files below an open folder, as Target::list() tells them. Where there are many folders the system is asked by a
// few threads at once: it answers each by itself, and a look that finds nothing new is hardly more than its answers.
// Whoever calls run() does its part, and is the only one that calls `look`, once for each entry that anybody saw.
class FolderListing {
public:
    using Failure = std::function<core::Error(int errnoValue, const std::string& what)>;  // called by any thread

    FolderListing(const Target::Look& look, Failure failure) : look_(look), failure_(std::move(failure)) {}
    ~FolderListing() { join(); }
    FolderListing(const FolderListing&) = delete;
    FolderListing& operator=(const FolderListing&) = delete;

    // A folder's own files come before those of the folders in it; the rest of the order is the file system's. Once.
    core::Result<std::vector<ListedFile>> run(core::FileHandle root);

private:
    using Handle = std::shared_ptr<const core::FileHandle>;
    struct Folder {
        std::string path;  // with a slash at its end; "": the top
        std::string name;  // in the one that it is in; "": the top
        Handle around;     // that one, until this one is opened; so not all of them are open at once
        int depth = 0;
        std::vector<ListedFile> files = {};
        std::vector<std::unique_ptr<Folder>> inside = {};
    };

    void work(bool isCaller);
    bool isOver() const;
    void list(Folder& folder);
    Handle open(Folder& folder);
    void add(Folder& folder, const Handle& handle, const core::FolderEntry& entry);
    void cannotSee(Folder& folder, const std::string& path, int errnoValue);
    void fail(core::Error error);
    void tell();
    void getHelp();
    void join();

    const Target::Look& look_;
    const Failure failure_;
    std::vector<std::thread> helpers_;
    std::atomic<std::size_t> seen_{0};
    std::size_t told_ = 0;
    std::atomic<bool> hasFailed_{false};

    std::mutex mutex_;  // of what follows
    std::condition_variable changed_;
    std::vector<Folder*> waiting_;  // the last one is next
    std::size_t underWay_ = 0;
    std::optional<core::Error> error_;
};

}  // namespace marea::sync

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sync/devices/mtp/usbholder.h"
#include "sync/engine/target.h"

struct LIBMTP_mtpdevice_struct;
struct LIBMTP_devicestorage_struct;
struct LIBMTP_file_struct;
struct LIBMTP_playlist_struct;

namespace marea::sync {

namespace mtp {
struct FreeFile;
using File = std::unique_ptr<LIBMTP_file_struct, FreeFile>;
}  // namespace mtp

// One of a device's storages: its own memory, a card.
struct MtpStorage {
    std::string name;
    std::int64_t totalBytes = 0, freeBytes = 0;
    bool isReadOnly = false;
};

struct MtpDevice {
    enum class State {
        Ready,
        Locked,  // it is not unlocked, or does not share its files
        Held     // another program has it
    };
    std::string serial, model;
    std::int64_t freeBytes = 0;
    State state = State::Ready;
    std::string problem;  // why it cannot be opened, for a person; "" when it can
    std::string holder;   // the program that has it, where one can know it
    UsbPlace usb;
    std::vector<MtpStorage> storages;
};

// A phone or player that speaks MTP, by libmtp, opened without its cache. libmtp is not thread-safe: make it and call
// it from one thread, which waits for the device. Object ids change with every session, so that files are known by path
// and size. What a device says of itself is bounded: each folder is listed once, and so many objects. Only what lies at
// the top and in `folders` is listed: a phone has tens of thousands of files elsewhere. Once the device has not
// answered, nothing more is asked of it. Lists that a player keeps itself are objects as files are, and stand among
// them with a size of 0.
class MtpTarget final : public Target {
public:
    // `serial` "": the only device, or the first. `storage`: the name of one of its storages; "": the largest. NotFound
    // when there is none; Busy, with advice, when it does not let us in.
    static core::Result<std::unique_ptr<MtpTarget>> open(const std::string& serial, std::vector<std::string> folders,
                                                         const std::string& storage = "");
    // Opens each for a moment: not while one is open.
    static std::vector<MtpDevice> devices();
    ~MtpTarget() override;

    std::string serial() const;
    std::string model() const;
    std::vector<MtpStorage> storages() const;

    TargetAbilities abilities() const override;
    using Target::list;
    core::Result<std::vector<ListedFile>> list(const Look& look) override;
    std::vector<std::string> partlyListed() const override { return {partly_.begin(), partly_.end()}; }
    std::vector<std::string> doubled() const override;
    core::Result<ListedFile> about(const std::string& path) override;
    core::Result<std::int64_t> freeBytes() override;
    core::Result<std::int64_t> totalBytes() override;
    core::Result<void> write(const std::string& path, ByteStream& content) override;
    core::Result<void> read(const std::string& path,
                            const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) override;
    core::Result<void> rename(const std::string& from, const std::string& to) override;
    core::Result<void> remove(const std::string& path) override;
    core::Result<void> describe(const std::string& path, const LibraryItem& item) override;
    core::Result<ListedFile> putList(const std::string& path, const std::vector<std::string>& titles) override;
    core::Result<std::vector<std::string>> titlesOf(const std::string& path) override;
    core::Result<void> flush() override;

private:
    struct Object {
        std::string path;
        std::uint32_t id = 0;
        bool isFolder = false;
        std::int64_t size = 0;
        core::TimeMs modified = 0;
        std::uint32_t listing = 0;  // in which it was told of; 0: it was made here
        bool isDouble = false;      // another one has the very same path, perhaps in a second folder of that name
    };
    struct Release {
        void operator()(LIBMTP_mtpdevice_struct* device) const;
    };
    using Device = std::unique_ptr<LIBMTP_mtpdevice_struct, Release>;

    MtpTarget(Device device, std::vector<std::string> folders)
        : device_(std::move(device)), folders_(std::move(folders)) {}
    core::Result<void> waitForStorage(const std::string& name);
    const LIBMTP_devicestorage_struct* storage() const;
    core::Result<void> listAnew(std::uint32_t folder, const std::string& prefix, int depth);
    core::Result<void> looked() const;
    core::Result<void> countMore(std::size_t objects);
    core::Result<std::vector<mtp::File>> filesOneByOne(const std::vector<std::uint32_t>& ids, const std::string& path);
    core::Result<std::vector<mtp::File>> filesAtOnce(std::uint32_t folder);
    core::Result<std::vector<mtp::File>> filesIn(std::uint32_t folder, const std::string& path);
    core::Result<void> listFolder(std::uint32_t folder, const std::string& prefix, int depth);
    core::Result<std::uint32_t> folderFor(const std::string& path);
    const Object* find(const std::string& path) const;
    bool isTaken(const std::string& path) const;
    bool isTwin(const Object& object) const;
    core::Result<const Object*> findAlone(const std::string& path);
    core::Result<const Object*> findAnew(const std::string& path);
    void put(Object object);
    void forget(const Object& object);
    core::Error failure(const char* what);
    bool answers();
    bool isAndroid() const;
    std::optional<std::string> folderForLists() const;
    core::Result<ListedFile> newList(const std::string& path, LIBMTP_playlist_struct& list);
    const std::set<std::uint16_t>& types() const;
    bool hasProperty(int type, int property);
    void setProperty(int type, int property, const std::function<int()>& set);

    Device device_;
    std::vector<std::string> folders_;
    std::uint32_t storage_ = 0;
    bool isGone_ = false;
    mutable std::optional<std::set<std::uint16_t>> types_;  // of files that it takes, as libmtp numbers them
    std::map<std::pair<int, int>, bool> properties_;        // by type and number: whether it keeps it beside the file
    std::map<std::string, Object> objects_;                 // by clashKey(), a line break and the path as it is
    std::set<std::string> partly_;                          // folders of which the device does not tell all
    std::set<std::uint32_t> listed_;                        // folders, of the listing that is under way
    std::uint32_t listing_ = 0;                             // its number
    std::size_t seen_ = 0;                                  // objects of it, also of the same name
    Look look_;                                             // of it; empty: nobody looks
};

}  // namespace marea::sync

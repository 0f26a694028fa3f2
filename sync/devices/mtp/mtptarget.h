#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sync/engine/target.h"

struct LIBMTP_mtpdevice_struct;

namespace marea::sync {

struct MtpDevice {
    std::string serial, model;
    std::int64_t freeBytes = 0;
    std::string problem;  // why it cannot be opened, for a person; "" when it can
};

// A phone or player that speaks MTP, by libmtp, opened without its cache. libmtp is not thread-safe: make it and call
// it from one thread, which waits for the device. Object ids change with every session, so that files are known by path
// and size. Only what lies at the top and in `folders` is listed: a phone has tens of thousands of files elsewhere.
// Once the device has not answered, nothing more is asked of it.
class MtpTarget final : public Target {
public:
    // `serial` "": the only device, or the first. NotFound when there is none; Busy, with advice, when it does not let
    // us in.
    static core::Result<std::unique_ptr<MtpTarget>> open(const std::string& serial, std::vector<std::string> folders);
    static std::vector<MtpDevice> devices();
    ~MtpTarget() override;

    std::string serial() const;
    std::string model() const;

    TargetAbilities abilities() const override;
    core::Result<std::vector<ListedFile>> list() override;
    core::Result<std::int64_t> freeBytes() override;
    core::Result<void> write(const std::string& path, ByteStream& content) override;
    core::Result<void> read(const std::string& path,
                            const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) override;
    core::Result<void> rename(const std::string& from, const std::string& to) override;
    core::Result<void> remove(const std::string& path) override;
    core::Result<void> flush() override;

private:
    struct Object {
        std::string path;
        std::uint32_t id = 0;
        bool isFolder = false;
        std::int64_t size = 0;
    };
    struct Release {
        void operator()(LIBMTP_mtpdevice_struct* device) const;
    };
    using Device = std::unique_ptr<LIBMTP_mtpdevice_struct, Release>;

    MtpTarget(Device device, std::vector<std::string> folders)
        : device_(std::move(device)), folders_(std::move(folders)) {}
    core::Result<void> waitForStorage();
    core::Result<void> listFolder(std::uint32_t folder, const std::string& prefix, int depth);
    core::Result<std::uint32_t> folderFor(const std::string& path);
    Object* find(const std::string& path);
    core::Result<Object*> findAnew(const std::string& path);
    void put(Object object);
    core::Error failure(const char* what);
    bool answers();

    Device device_;
    std::vector<std::string> folders_;
    std::uint32_t storage_ = 0;
    bool isGone_ = false;
    std::map<std::string, Object> objects_;  // by clashKey()
};

}  // namespace marea::sync

#pragma once

#include <memory>
#include <optional>
#include <string>

#include "server/apps/uploads/stagedfile.h"
#include "server/apps/uploads/uploads.h"

struct evp_md_ctx_st;

namespace marea::server {

// The body of one PATCH on its way to the disk. What was taken stays, also when the connection breaks off.
class UploadSink final : public BodySink {
public:
    UploadSink(Uploads& uploads, std::shared_ptr<Uploads::Turns> turns, std::uint64_t turn, UploadRow row,
               StagedFile file, std::int64_t offset, std::string checksum);
    ~UploadSink() override;

    std::optional<Response> take(std::string_view bytes) override;
    Response finish() override;

private:
    struct DigestEnd {
        void operator()(evp_md_ctx_st* context) const;
    };

    bool isOurTurn() const { return turns_->newest == turn_; }
    bool checksumHolds();

    Uploads& uploads_;
    const std::shared_ptr<Uploads::Turns> turns_;
    const std::uint64_t turn_;
    const UploadRow row_;
    StagedFile file_;
    const std::int64_t begun_;
    std::int64_t offset_;
    const std::string checksum_;
    std::unique_ptr<evp_md_ctx_st, DigestEnd> digest_;  // null: nothing to check
};

}  // namespace marea::server

#include "server/apps/uploads/uploadsink.h"

#include <openssl/evp.h>

#include <array>

namespace marea::server {

namespace {

constexpr int kChecksumMismatch = 460;  // tus 1.0.0, extension checksum

Response overtaken() {
    return Response::problem(core::Error{core::ErrorCode::Conflict, {}, "Another request goes on with this upload."});
}

}  // namespace

void UploadSink::DigestEnd::operator()(evp_md_ctx_st* context) const {
    ::EVP_MD_CTX_free(context);
}

UploadSink::UploadSink(Uploads& uploads, std::shared_ptr<Uploads::Turns> turns, std::uint64_t turn, UploadRow row,
                       StagedFile file, std::int64_t offset, std::string checksum)
    : uploads_(uploads),
      turns_(std::move(turns)),
      turn_(turn),
      row_(std::move(row)),
      file_(std::move(file)),
      begun_(offset),
      offset_(offset),
      checksum_(std::move(checksum)) {
    if (!checksum_.empty()) {
        digest_.reset(::EVP_MD_CTX_new());
        ::EVP_DigestInit_ex(digest_.get(), ::EVP_sha256(), nullptr);
    }
}

UploadSink::~UploadSink() = default;

std::optional<Response> UploadSink::take(std::string_view bytes) {
    const std::lock_guard lock(turns_->mutex);
    if (!isOurTurn()) {
        return overtaken();
    }
    if (static_cast<std::int64_t>(bytes.size()) > row_.size - offset_) {
        return Response::problem(413, "too-large", "This is more than the upload's length.");
    }
    if (auto written = file_.write(offset_, bytes); !written) {
        return uploadProblem(written.error());
    }
    if (digest_) {
        ::EVP_DigestUpdate(digest_.get(), bytes.data(), bytes.size());
    }
    offset_ += static_cast<std::int64_t>(bytes.size());
    return std::nullopt;
}

bool UploadSink::checksumHolds() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> found{};
    unsigned size = 0;
    return !digest_ || (::EVP_DigestFinal_ex(digest_.get(), found.data(), &size) == 1 &&
                        checksum_ == std::string_view(reinterpret_cast<const char*>(found.data()), size));
}

Response UploadSink::finish() {
    const std::lock_guard lock(turns_->mutex);
    if (!isOurTurn()) {
        return overtaken();
    }
    if (!checksumHolds()) {
        const auto cut = file_.cutTo(begun_);
        return cut ? Response::problem(kChecksumMismatch, "checksum-mismatch",
                                       "The bytes are not those that were sent.")
                   : uploadProblem(cut.error());
    }
    if (auto synced = file_.sync(); !synced) {
        ++turns_->newest;
        return uploadProblem(uploads_.lost(row_, synced.error()));
    }
    if (offset_ == row_.size) {
        if (auto put = file_.publish(row_.path); !put) {
            return uploadProblem(put.error());
        }
    }
    if (offset_ == row_.size) {
        uploads_.finished(row_);
    } else if (auto touched = uploads_.store_.touch(row_.id, uploads_.clock_->now()); !touched) {
        return uploadProblem(touched.error());
    }
    Response response = Response::empty(204);
    response.headers.set("Upload-Offset", std::to_string(offset_));
    response.headers.set("Tus-Resumable", "1.0.0");
    return response;
}

}  // namespace marea::server

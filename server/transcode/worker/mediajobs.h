#pragma once

#include <memory>

#include "server/pipeline/segmentsession.h"
#include "server/transcode/worker/ballast.h"
#include "server/transcode/worker/worker.h"

namespace marea::server {

// Media by the pipeline. Keeps the file that segments were made of last open, with its demuxer and decoders, until
// another one comes, or memory runs short, or rest().
class MediaJobs final : public JobHandler {
public:
    MediaJobs();

    Reply handle(const Request& request, core::FileHandle& file) override;
    void setUnwanted(std::function<bool()> unwanted) override { unwanted_ = std::move(unwanted); }
    void setBeside(std::vector<core::FileHandle> files) override {
        beside_ = std::make_shared<const std::vector<core::FileHandle>>(std::move(files));
    }
    void setPictureMaking(const PictureMaking& making) override { making_ = making; }
    void rest() override;

private:
    struct Warm {
        core::FileHandle file;
        MediaSource::Identity identity;
        std::unique_ptr<SegmentSession> session;
    };

    Reply handleSmall(const Request& request, const core::FileHandle& file);
    Reply handleLong(const Request& request, core::FileHandle& file);
    Reply tryLong(const Request& request, core::FileHandle& file);
    core::Result<SegmentSession*> session(MediaSource source, core::FileHandle& file);
    core::Result<void> addBeside(SegmentSession& session, const BesideFiles* wish);
    bool isWarm(const MediaSource& source) const { return warm_.session && warm_.identity == source.identity(); }

    Warm warm_;
    PicturesBeside::Files beside_;  // of the request
    Ballast ballast_;
    PictureMaking making_;
    std::function<bool()> unwanted_;
};

}  // namespace marea::server

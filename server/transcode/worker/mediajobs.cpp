#include "server/transcode/worker/mediajobs.h"

#include "server/pipeline/picture.h"
#include "server/pipeline/probe.h"

namespace marea::server {
namespace {

using core::ErrorCode;

Reply answer(const ProbeRequest& request, MediaSource& source) {
    auto info = probeMedia(source);
    return info ? Reply(ProbeReply{request.job, std::move(*info)}) : refusal(request.job, info.error());
}

Reply answer(const ImageRequest& request, MediaSource& source) {
    auto image = imageOfMedia(source, request.maxEdge);
    return image ? Reply(ImageReply{request.job, std::move(*image)}) : refusal(request.job, image.error());
}

template <class Request>
Reply answer(const Request& request, MediaSource&) {
    return refusal(request.job, core::Error{ErrorCode::Unprocessable, "no such job yet", "Not supported yet"});
}

}  // namespace

Reply MediaJobs::handle(const Request& request, core::FileHandle& file) {
    auto source = MediaSource::open(file.get(), nameOf(request));
    if (!source)
        return refusal(jobOf(request), source.error());
    return std::visit([&](const auto& r) { return answer(r, *source); }, request);
}

}  // namespace marea::server

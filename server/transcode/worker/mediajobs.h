#pragma once

#include "server/transcode/worker/worker.h"

namespace marea::server {

// Media by the pipeline.
class MediaJobs final : public JobHandler {
public:
    Reply handle(const Request& request, core::FileHandle& file) override;
};

}  // namespace marea::server

#pragma once

#include <functional>
#include <vector>

#include "core/io/filehandle.h"
#include "server/transcode/protocol.h"

namespace marea::server {

struct PictureMaking;

// Answers requests about open files, one after the other. Throws nothing but std::bad_alloc.
class JobHandler {
public:
    virtual ~JobHandler() = default;
    // May keep the file, by moving it out; it is closed otherwise.
    virtual Reply handle(const Request& request, core::FileHandle& file) = 0;
    // What the next request has beside its file (BesideFiles), before it; empty: nothing.
    virtual void setBeside(std::vector<core::FileHandle>) {}
    // Given once, before the first request: whether the one being handled is no longer wanted. Cheap: to be asked
    // often. Then the handler answers with ErrorCode::Cancelled.
    virtual void setUnwanted(std::function<bool()>) {}
    // Given before the first request, where it is not the usual one.
    virtual void setPictureMaking(const PictureMaking&) {}
    // Nothing was asked for about a minute: what was kept for the next request can go.
    virtual void rest() {}
};

// What the handler's answer is when it could not do it.
Reply refusal(JobId job, const core::Error& error);

// The worker program: `arguments` as main() has them. Locks itself down, then answers requests on descriptor 3 until
// that closes, or until it has used so much processor time that a fresh process is better. Returns the exit code.
//   --self-check   enters the sandbox, tries to get out, prints what it could, and ends with 1 if anything
//   --self-check-device   the same in the sandbox of a device's workers
//   --beside-devices   its segments stand beside those of a device (PictureMaking)
//   --device KIND PATH   works on that device (hardware.h); PATH may be empty
//   --try-device KIND PATH   says on descriptor 3 what it can do, and ends
//   --low-priority as the last one, beside others: the system lets others go first
//   --version      version and commit
int runWorker(int count, char** arguments, JobHandler& handler);

}  // namespace marea::server

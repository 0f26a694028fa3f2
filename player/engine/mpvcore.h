#pragma once

#include <memory>
#include <QString>

#include "core/base/result.h"
#include "core/http/httpclient.h"
#include "player/engine/engineoptions.h"
#include "player/engine/streamprotocol.h"

struct mpv_handle;

namespace marea::player {

// libmpv's handle with everything that it calls back into. Engine and renderers share it; the last one ends it.
class MpvCore {
public:
    static core::Result<std::shared_ptr<MpvCore>> create(const EngineOptions& options);
    ~MpvCore();

    mpv_handle* handle() const { return handle_; }
    StreamProtocol& protocol() { return protocol_; }
    core::HttpClient* http() const { return http_.get(); }
    std::shared_ptr<core::HttpClient> sharedHttp() const { return http_; }

private:
    MpvCore() = default;
    core::Result<void> start(const EngineOptions& options);

    std::shared_ptr<core::HttpClient> http_;
    StreamProtocol protocol_;
    mpv_handle* handle_ = nullptr;
};

}  // namespace marea::player

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "core/base/json.h"
#include "core/base/log.h"
#include "core/io/filehandle.h"
#include "server/gateway/http.h"

namespace marea::server {

// How commands beside a running server ask it, as an owner would: a socket in the data folder that only the server's
// own user (and root) can use. One question a connection, a JSON object on a line each way:
//     {"method": "GET", "target": "/api/v1/admin/jobs?limit=1"} → {"status": 200, "body": {…}}
class LocalSocket {
public:
    // Answers one question; called on the socket's own thread, one after the other; may block.
    using Answer = std::function<Response(Method method, const std::string& target, std::string body)>;

    static core::Result<std::unique_ptr<LocalSocket>> open(const std::string& folder, Answer answer,
                                                           std::shared_ptr<core::Logger> logger);
    ~LocalSocket();  // waits for the answer under way
    LocalSocket(const LocalSocket&) = delete;
    LocalSocket& operator=(const LocalSocket&) = delete;

private:
    LocalSocket(std::string path, core::FileHandle listening, core::FileHandle wakeRead, core::FileHandle wakeWrite,
                Answer answer, std::shared_ptr<core::Logger> logger);
    void run();
    void serve(const core::FileHandle& connection);
    core::json::object answered(std::string_view question) const;

    const std::string path_;
    core::FileHandle listening_, wakeRead_, wakeWrite_;
    const Answer answer_;
    const std::shared_ptr<core::Logger> logger_;
    std::thread thread_;
};

// Asks the server of a data folder. Unavailable: none runs, or it does not answer.
struct LocalAnswer {
    int status = 0;
    core::json::value body;  // null: none
};
core::Result<LocalAnswer> askServer(const std::string& folder, Method method, const std::string& target,
                                    const core::json::value& body = nullptr);

}  // namespace marea::server

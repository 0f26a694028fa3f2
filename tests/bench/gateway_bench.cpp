// The gateway alone, for tests/bench/deliver.py: a folder's files by sendfile(2) and a small JSON answer behind a
// Bearer check. Prints its address as one JSON line and ends with its standard input.
//   gateway_bench FOLDER THREADS [CERTIFICATE KEY]

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <unordered_map>

#include "core/io/filehandle.h"
#include "server/gateway/server.h"

using namespace marea;
using namespace marea::server;

namespace {

// Tokens that were checked once are known, as in the real authenticator.
class CachingAuthenticator final : public Authenticator {
public:
    core::Result<Principal> bearer(std::string_view token) override {
        const std::lock_guard lock(mutex_);
        const auto found = known_.find(std::string(token));
        if (found != known_.end()) {
            return found->second;
        }
        if (!token.starts_with("bench-token-")) {
            return core::fail(core::ErrorCode::Unauthorized, "Sign in first.");
        }
        return known_.emplace(token, Principal{"user", "session", "bench", "member"}).first->second;
    }
    core::Result<Principal> stream(std::string_view token, std::string_view) override { return bearer(token); }

private:
    std::mutex mutex_;
    std::unordered_map<std::string, Principal> known_;
};

Response fileAnswer(const core::FileHandle& folder, std::string_view name) {
    auto file = core::openBeneath(folder, name);
    if (!file) {
        return Response::problem(file.error());
    }
    const auto status = core::status(*file);
    const std::string tag = '"' + std::to_string(status->modified) + '-' + std::to_string(status->size) + '"';
    return Response::file(std::move(*file), static_cast<std::uint64_t>(status->size), "application/octet-stream", tag,
                          status->modified);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3 && argc != 5) {
        std::fputs("gateway_bench FOLDER THREADS [CERTIFICATE KEY]\n", stderr);
        return 2;
    }
    auto folder = core::openFolder(argv[1]);
    if (!folder) {
        std::fprintf(stderr, "%s\n", folder.error().text.c_str());
        return 1;
    }
    const auto root = std::make_shared<core::FileHandle>(std::move(*folder));
    auto router = std::make_shared<Router>();
    router->add({Method::Get, "/files/{name}", Access::Public,
                 inlined([root](const Request& request) { return fileAnswer(*root, request.param("name")); })});
    router->add({Method::Get, "/json", Access::User, inlined([](const Request&) {
                     return Response::text(200, "application/json", std::string(198, ' ') + "{}");
                 })});
    WorkPool pool(2, 64);
    GatewayOptions options;
    options.port = 0;
    options.threads = static_cast<unsigned>(std::atoi(argv[2]));
    if (argc == 5) {
        options.certificateFile = argv[3];
        options.keyFile = argv[4];
    }
    Gateway gateway(options, router, std::make_shared<CachingAuthenticator>(), pool, core::makeNullLogger());
    if (auto started = gateway.start(); !started) {
        std::fprintf(stderr, "%s\n", started.error().text.c_str());
        return 1;
    }
    std::printf("{\"event\":\"ready\",\"url\":\"%s\"}\n", gateway.url().c_str());
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}

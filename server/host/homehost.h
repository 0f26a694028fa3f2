#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/id.h"
#include "core/base/result.h"
#include "server/host/host.h"

namespace marea::server {

// A server for one home's computer: whom it belongs to, who is let in, without anybody at a setup page. Blocks; one
// thread at a time.
class HomeHost {
public:
    struct Place {
        std::string folder;                 // of all that it keeps; absolute
        std::string name;                   // what others see it as
        std::string owner;                  // wished for; a name that cannot be is made one that can
        std::string device;                 // what the owner's own sign-in is called
        std::string workerProgram = {};     // empty: beside this program
        std::chrono::milliseconds ease{0};  // Config::ease
    };
    struct Answer {
        int status = 0;
        std::string body;
    };

    // Conflict while another process has the folder.
    static core::Result<std::unique_ptr<HomeHost>> open(const Place& place);
    ~HomeHost();

    std::string url() const { return host_->url(); }
    core::Id id() const;  // of the server, for everybody
    core::Result<TokenPair> enter();
    Answer ask(Method method, const std::string& target, std::string body);

    // Guests see these libraries; nullopt: all. Listens at `port`, or at another when that is taken.
    core::Result<Host::Shared> share(const std::optional<std::vector<core::Id>>& libraries, std::uint16_t port);
    void stopSharing();
    core::Result<std::string> guestCode();  // Conflict: it is not shared
    core::Result<std::vector<Login>> guests();
    core::Result<void> endGuest(const core::Id& login);
    static constexpr const char* kGuest = "guest";

    void stop(int seconds) { host_->stop(seconds); }

    // What a server, or syncing, says in English, in another language; as it is where nobody translated it. Any thread.
    static std::string inLanguage(std::string_view english, std::string_view language);

private:
    explicit HomeHost(Place place) : place_(std::move(place)) {}
    core::Result<void> start();
    core::Result<void> findOwner();
    core::Result<void> endEarlierSignIns();
    core::Result<core::Id> guest();
    core::Result<void> letSee(const std::optional<std::vector<core::Id>>& libraries);

    Place place_;
    std::unique_ptr<Host> host_;
    User owner_;
    bool entered_ = false;
};

// The name of an account that a system's user name is good for: never the guests'.
std::string ownerName(std::string_view wished);

}  // namespace marea::server

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

class AppPasswords;
namespace subsonic {
struct Parts;
}

// Other people's music players: Subsonic 1.16.1 and OpenSubsonic at /rest/{method}, with ".view" behind it or not, by
// query or form. Nobody but app passwords opens it. What goes wrong is told in the protocol's own way, with status 200;
// with 429 where somebody asks too often.
class Subsonic {
public:
    // What it is given outlives it.
    Subsonic(std::unique_ptr<subsonic::Parts> parts, AppPasswords& passwords, WorkPool& pool);
    ~Subsonic();
    Subsonic(const Subsonic&) = delete;
    Subsonic& operator=(const Subsonic&) = delete;

    void addRoutes(Router& router);
    static std::vector<std::string_view> methods();  // every one that there is
    static bool isOpen(std::string_view method);     // whether it answers without a log-in

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace marea::server

#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>

#include "sync/peer/discovery.h"

namespace marea::app::test {

// Who is in it is told from the test.
struct FakeNetwork {
    std::function<void(const sync::FoundPeer&)> found;
    std::function<void(const std::string&)> gone;
    std::atomic<int> browsed = 0;
};

class FakeDiscovery final : public sync::Discovery {
public:
    explicit FakeDiscovery(FakeNetwork& network) : network_(network) {}
    core::Result<void> announce(const std::string&, std::uint16_t, const std::map<std::string, std::string>&) override {
        return {};
    }
    void withdraw() override {}
    core::Result<void> browse(std::function<void(const sync::FoundPeer&)> found,
                              std::function<void(const std::string&)> gone) override {
        network_.found = std::move(found);
        network_.gone = std::move(gone);
        ++network_.browsed;
        return {};
    }

private:
    FakeNetwork& network_;
};

}  // namespace marea::app::test

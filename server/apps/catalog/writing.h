#pragma once

#include <functional>

namespace marea::server {

// Told true before what a scan found is written, and false when it is, or has failed.
using WritingHook = std::function<void(bool begins)>;

// Something of a library is being written for as long as this lives.
class Writing {
public:
    explicit Writing(const WritingHook& hook) : hook_(hook) { tell(true); }
    ~Writing() { tell(false); }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

private:
    void tell(bool begins) const {
        if (hook_) {
            hook_(begins);
        }
    }
    const WritingHook& hook_;
};

}  // namespace marea::server

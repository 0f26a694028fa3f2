#pragma once

#include <memory>
#include <span>
#include <string>

namespace marea::server {

// Chromaprint of the first two minutes of a sound: the same for the same recording in whatever encoding, near enough.
// As AcoustID and fpcalc have it.
class SoundFingerprint {
public:
    SoundFingerprint(int rate, int channels);
    ~SoundFingerprint();
    SoundFingerprint(const SoundFingerprint&) = delete;
    SoundFingerprint& operator=(const SoundFingerprint&) = delete;

    void add(std::span<const float> interleaved);
    // Base64; empty for a sound too short to tell.
    std::string text();

private:
    struct Context;
    std::unique_ptr<Context> context_;
    std::size_t left_ = 0;  // samples of all channels that it still takes
};

}  // namespace marea::server

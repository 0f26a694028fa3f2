#pragma once

#include <limits>

#include "server/pipeline/audiodecoder.h"
#include "server/pipeline/audioencoder.h"
#include "server/pipeline/audiomixer.h"

namespace marea::server {

// Makes segments of one audio stream by decoding and encoding. The grid of frames is that of the whole title: frame k
// presents the samples from k × frame size on, with the frames before and after it in the encoder's memory. Only the
// demuxer stays warm. One thread, and starts none.
class AudioTranscoder {
public:
    // `source` outlives it. `origin`: the title's start in the file's own time.
    static core::Result<std::unique_ptr<AudioTranscoder>> open(MediaSource& source, int stream, Ticks origin);

    // For an initialisation segment, without samples.
    core::Result<TrackFormat> format(const AudioEncoding& encoding);

    struct Made {
        TrackFormat format;
        Packets packets;
    };
    // Exactly the grid's frames in [from, to), and at the title's start the encoder's lead-in before them; silence
    // where the source has nothing. What ends in the middle of a frame says so in that one's duration (FLAC: has no
    // more samples). kToTheEnd as `to`: where the stream ends, within reason. `isEven`: packets of one size, for files
    // that are laid out before.
    static constexpr Ticks kToTheEnd = std::numeric_limits<Ticks>::max();
    core::Result<Made> segment(const AudioEncoding& encoding, Ticks from, Ticks to, bool isEven = false);

private:
    AudioTranscoder() = default;
    bool isDeep() const;
    core::Result<Ticks> end();
    core::Result<void> decode(AudioMixer& mixer, std::int64_t first, int rate);
    // `count` samples from number `first` on, by channel, ready to be encoded. They stand at `first` of the planes.
    struct Stretch {
        std::vector<std::vector<float>> planes;
        std::int64_t first = 0;
    };
    core::Result<Stretch> stretch(const AudioEncoding& encoding, std::int64_t first, std::int64_t count);
    // With what changes its loudness, which has to hear more to each side.
    template <class Shaper>
    core::Result<Stretch> shaped(const Shaper& shaper, const AudioEncoding& encoding, std::int64_t first,
                                 std::int64_t count);

    std::unique_ptr<StreamReader> reader_;
    std::unique_ptr<AudioDecoder> decoder_;
};

}  // namespace marea::server

#pragma once

#include <functional>
#include <vector>

#include "server/pipeline/picturesbeside.h"
#include "server/pipeline/streamreader.h"
#include "server/pipeline/subtitlepainter.h"
#include "server/pipeline/videodecoder.h"
#include "server/pipeline/videoencoder.h"
#include "server/pipeline/videofilter.h"

namespace marea::server {

// Makes segments of one video stream by decoding and encoding. Demuxer and decoder stay warm: the segment after the
// last one goes on where that ended, and comes out with the same bytes as on its own. One thread, and starts none.
class VideoTranscoder {
public:
    // `source` outlives it, and so does `device`, which encodes where there is one. `origin`: the title's start in the
    // file's own time.
    static core::Result<std::unique_ptr<VideoTranscoder>> open(MediaSource& source, int stream, Ticks origin,
                                                               GpuDevice* device = nullptr);

    // Subtitles in files beside the film, for encodings that burn in a stream of their number; null: none. It outlives
    // the transcoder, or what is given next.
    void setBeside(PicturesBeside* beside);

    // For an initialisation segment, without pictures.
    core::Result<TrackFormat> format(const VideoEncoding& encoding);

    struct Made {
        TrackFormat format;
        Packets packets;
    };
    // Exactly the grid's pictures in [from, to). Where the source has none, the one before is shown on.
    core::Result<Made> segment(const VideoEncoding& encoding, Ticks from, Ticks to);
    // The same in several encodings of one frame rate, in their order, by decoding once. Each is what it is alone; an
    // error of one is an error of all.
    // `watch` is shown each picture as the first of them takes it.
    using Watch = std::function<void(const AVFrame&)>;
    core::Result<std::vector<Made>> ladder(const std::vector<VideoEncoding>& encodings, Ticks from, Ticks to,
                                           Watch watch = {});

private:
    VideoTranscoder(MediaSource& source, Ticks origin, GpuDevice* device)
        : source_(source), origin_(origin), device_(device) {}
    class Run;
    core::Result<VideoColour> colour(const VideoEncoding& encoding);
    // Null where nothing is to be drawn. Of `most` that are in use at once none goes.
    core::Result<SubtitlePainter*> painter(const VideoEncoding& encoding, Ticks from, Ticks to, std::size_t most);
    core::Result<std::unique_ptr<SubtitleFeed>> subtitleFeed(int stream);
    core::Result<void> addRungs(Run& run, const std::vector<VideoEncoding>& encodings, Ticks from, Ticks to);
    core::Result<void> position(std::int64_t number, Rational rate);
    core::Result<void> start(Ticks at);
    core::Result<void> advance();
    core::Result<void> look();
    core::Result<void> feed(Run& run, std::int64_t number, std::int64_t end, Rational rate);

    MediaSource& source_;
    Ticks origin_;
    GpuDevice* device_;
    PicturesBeside* beside_ = nullptr;
    std::unique_ptr<StreamReader> reader_;
    std::unique_ptr<VideoDecoder> decoder_;
    // Where the decoder stands: the picture being shown, the one before it, and the one that follows.
    SourcePicture before_, shown_, ahead_;
    bool isWarm_ = false;
    std::optional<HdrMetadata> hdr_;  // once it was looked for
    // Of a stream in a size. They keep their place in the file as the decoder does.
    struct Painting {
        int stream = -1;
        Canvas canvas;
        std::unique_ptr<SubtitlePainter> painter;
    };
    std::vector<Painting> painters_;  // the last one used is the last
};

}  // namespace marea::server

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/io/filehandle.h"
#include "server/packaging/timegrid.h"
#include "server/pipeline/audiosegment.h"
#include "server/pipeline/videosegment.h"

namespace marea::server::test {

// A folder that goes with its object.
class Folder {
public:
    Folder();
    ~Folder();
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

// Runs a program by its arguments. Its exit code, 127 when it is not there; what it prints on stdout and stderr.
struct Ran {
    int code = 127;
    std::string out, err;
};
Ran run(const std::vector<std::string>& arguments);
// ffmpeg with these arguments, which make `path`. False when there is no such command or encoder.
bool makeMedia(const std::string& path, std::vector<std::string> arguments);

void writeFile(const std::string& path, const std::string& bytes);

// An open media file, and the transcoders on it.
class Film {
public:
    explicit Film(const std::string& path);

    MediaSource& source() { return *source_; }
    Ticks origin() const { return origin_; }
    Ticks duration() const { return duration_; }
    int stream(AVMediaType type) const;  // the first one; -1: none
    Rational frameRate() const;

    // For each transcoder that is opened from now on.
    void setBeside(PicturesBeside* beside) { beside_ = beside; }
    std::unique_ptr<VideoTranscoder> video();
    std::unique_ptr<AudioTranscoder> audio();

private:
    core::FileHandle file_;
    std::unique_ptr<MediaSource> source_;
    std::unique_ptr<AvInput> input_;
    Ticks origin_ = 0, duration_ = 0;
    PicturesBeside* beside_ = nullptr;
};

// Segment `number` of a rendition as MP4; empty, and a failure of the test, when it cannot be made.
std::string videoSegment(VideoTranscoder& transcoder, const VideoEncoding& encoding, const Cut& cut, int number);
std::string audioSegment(AudioTranscoder& transcoder, const AudioEncoding& encoding, const Cut& cut, int number);
std::string videoInit(VideoTranscoder& transcoder, const VideoEncoding& encoding);
std::string audioInit(AudioTranscoder& transcoder, const AudioEncoding& encoding);

// The whole rendition in one file.
std::string wholeVideo(Film& film, const VideoEncoding& encoding, const std::vector<Cut>& cuts);
std::string wholeAudio(Film& film, const AudioEncoding& encoding, const std::vector<Cut>& cuts);

}  // namespace marea::server::test
